package fires

import (
	"context"
	"errors"
	"log"

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

func (r records) Get(ctx context.Context, id string) (string, bool) {
	var name string
	if err := r.db.QueryRow(ctx, `SELECT name FROM records WHERE id = $1`, id).Scan(&name); err != nil {
		if !errors.Is(err, pgx.ErrNoRows) {
			log.Print("cannot read the record: ", err)
		}
		return "", false // want `Get: answers \("", false\), as for a row that does not exist, when Scan times out \(collapse\)`
	}
	return name, true
}
