// Package silent knows a row that is not there from a database that does not answer.
package silent

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jmoiron/sqlx"
)

func Exists(db *sql.DB, id int) (bool, error) {
	var n int
	err := db.QueryRow(`SELECT 1 FROM keys WHERE id = $1`, id).Scan(&n)
	if err == sql.ErrNoRows {
		return false, nil
	}
	return err == nil, err
}

func Either(db *sql.DB, id int) (name string, err error) {
	err = db.QueryRow(`SELECT name FROM users WHERE id = $1`, id).Scan(&name)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", err
	}
	return name, nil
}

func Found(ctx context.Context, tx pgx.Tx, id int) (bool, error) {
	var name string
	err := tx.QueryRow(ctx, `SELECT name FROM users WHERE id = $1`, id).Scan(&name)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return false, nil
	case err != nil:
		return false, err
	}
	return true, nil
}

// A bare return of named results.
func Named(db *sqlx.DB, id int) (row struct{ Name string }, ok bool, err error) {
	err = db.Get(&row, `SELECT name FROM users WHERE id = $1`, id)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
		return
	}
	ok = err == nil
	return
}
