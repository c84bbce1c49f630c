// Package fires takes a database that does not answer for a row that is not there.
package fires

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5"
	"github.com/jmoiron/sqlx"
)

func NameTaken(db *sql.DB, name string) bool {
	var taken bool
	db.QueryRow(`SELECT true FROM users WHERE name = $1`, name).Scan(&taken) // want `NameTaken: drops the error of Scan and answers false, as for a row that does not exist, when Scan times out \(discard\)`
	return taken
}

func Exists(ctx context.Context, db *sql.DB, id int) (bool, error) {
	var n int
	if err := db.QueryRowContext(ctx, `SELECT count(*) FROM keys WHERE id = $1`, id).Scan(&n); err != nil {
		return false, nil // want `Exists: answers \(false, nil\), as for a row that does not exist, .* \(collapse\)`
	}
	return n > 0, nil
}

func Found(ctx context.Context, tx pgx.Tx, id int) bool {
	var name string
	err := tx.QueryRow(ctx, `SELECT name FROM users WHERE id = $1`, id).Scan(&name)
	return err == nil // want `Found: answers false, as for a row that does not exist, .* \(collapse\)`
}

func Load(db *sqlx.DB, id int) (*struct{ Name string }, error) {
	var row struct{ Name string }
	if err := db.Get(&row, `SELECT name FROM users WHERE id = $1`, id); err != nil {
		return nil, nil // want `Load: answers \(nil, nil\), as for a row that does not exist, .* \(empty\)`
	}
	return &row, nil
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

func (r *AccountRepository) Exists(ctx context.Context, name string) bool {
	_, err := r.GetOne(ctx, name)
	return err == nil // want `Exists: answers false, as for .* that does not exist, when .*GetOne.* times out \(collapse\)`
}
