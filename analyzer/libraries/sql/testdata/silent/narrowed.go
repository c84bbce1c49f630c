package silent

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
)

// rowScanner is what a row of pgx is narrowed to, for fakes.
type rowScanner interface {
	Scan(dest ...any) error
}

type queryer interface {
	QueryRow(ctx context.Context, sql string, args ...any) rowScanner
}

type records struct{ db queryer }

func (r records) Get(ctx context.Context, id string) (string, bool, error) {
	var name string
	err := r.db.QueryRow(ctx, `SELECT name FROM records WHERE id = $1`, id).Scan(&name)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", false, nil
	}
	return name, err == nil, err
}
