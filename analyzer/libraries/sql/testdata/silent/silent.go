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

// An AccountRepository hands what it was answered to whoever maps it.
type AccountRepository struct {
	db  *sql.DB
	fit func(string, error) (string, error)
}

func (r *AccountRepository) row(ctx context.Context, name string) (id string, err error) {
	err = r.db.QueryRowContext(ctx, "SELECT id FROM accounts WHERE name = ?", name).Scan(&id)
	return id, err
}

func (r *AccountRepository) GetOne(ctx context.Context, name string) (string, error) {
	return r.fit(r.row(ctx, name))
}

func (r *AccountRepository) Exists(ctx context.Context, name string) (bool, error) {
	_, err := r.GetOne(ctx, name)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}
