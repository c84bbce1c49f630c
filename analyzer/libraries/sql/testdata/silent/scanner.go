package silent

import (
	"bufio"
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
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return first, nil
	case err != nil:
		return nil, err
	}
	return &w, nil
}

// words is no interface that a row implements.
type words interface {
	Scan() bool
	Text() string
}

var _ words = (*bufio.Scanner)(nil)

func hasWord(w words, word string) bool {
	for w.Scan() {
		if w.Text() == word {
			return true
		}
	}
	return false
}
