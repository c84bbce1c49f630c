package fires

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// scanner is what a row, and rows, are narrowed to.
type scanner interface {
	Scan(dest ...any) error
}

type wizard struct{ steps string }

var first = &wizard{steps: "first"}

func scanWizard(row scanner) (wizard, error) {
	var w wizard
	if err := row.Scan(&w.steps); err != nil {
		return wizard{}, fmt.Errorf("cannot read row: %w", err)
	}
	return w, nil
}

func getWizard(ctx context.Context, db *sql.DB) (*wizard, error) {
	w, err := scanWizard(db.QueryRowContext(ctx, `SELECT steps FROM wizards`))
	if err != nil && errors.Is(err, sql.ErrNoRows) {
		return first, nil
	}
	return &w, nil // want `getWizard: answers \(&fires.wizard{}, nil\), as for a row that does not exist, when scanWizard \(Scan\) times out \(empty\)`
}
