package silent

import (
	"context"
	"database/sql"
	"errors"

	"github.com/georgysavva/scany/v2/pgxscan"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jmoiron/sqlx"
)

type user struct {
	Name  string
	Admin bool
}

// The error of Query is in the rows: CollectRows answers it.
func Collected(ctx context.Context, db *pgxpool.Pool) ([]user, error) {
	rows, _ := db.Query(ctx, `SELECT name FROM users`)
	return pgx.CollectRows(rows, pgx.RowToStructByName[user])
}

func One(ctx context.Context, db *pgx.Conn, id int) (*user, error) {
	rows, _ := db.Query(ctx, `SELECT name FROM users WHERE id = $1`, id)
	u, err := pgx.CollectOneRow(rows, pgx.RowToAddrOfStructByName[user])
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	return u, err
}

func Names(ctx context.Context, db *pgxpool.Pool) (names []string, err error) {
	rows, err := db.Query(ctx, `SELECT name FROM users`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

func Scanned(ctx context.Context, db *pgxpool.Pool, id int) (bool, error) {
	var u user
	err := pgxscan.Get(ctx, db, &u, `SELECT name FROM users WHERE id = $1`, id)
	if pgxscan.NotFound(err) {
		return false, nil
	}
	return err == nil, err
}

func Package(db sqlx.Queryer, id int) (*user, error) {
	var u user
	err := sqlx.Get(db, &u, `SELECT name FROM users WHERE id = $1`, id)
	if err == sql.ErrNoRows {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &u, nil
}

func Prepared(stmt *sqlx.NamedStmt) (users []user, err error) {
	err = stmt.Select(&users, map[string]any{})
	return users, err
}

// Who cannot be looked up is no admin, which is safe.
func IsAdmin(db *sqlx.DB, id int) bool {
	var u user
	err := db.QueryRowx(`SELECT name, admin FROM users WHERE id = $1`, id).StructScan(&u)
	return err == nil && u.Admin
}

var errTaken = errors.New("the name is taken")

// What a transaction's func literal answers, the helper does, be it made of what it may.
func WithinTransaction(ctx context.Context, db *helped, id int) (found *user, err error) {
	var u user
	err = db.within(ctx, func(tx *sqlx.Tx) error {
		switch err := tx.GetContext(ctx, &u, `SELECT name FROM users WHERE id = $1`, id); {
		case errors.Is(err, sql.ErrTxDone):
			return errTaken
		case err != nil:
			return err
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &u, nil
}

type helped struct {
	within func(context.Context, func(*sqlx.Tx) error) error
}

type access int

const (
	NoAccess access = iota
	ReadAccess
)

// Who cannot be asked about gets nothing.
func Access(ctx context.Context, db *sqlx.DB, name string) access {
	var level access
	if err := db.GetContext(ctx, &level, `SELECT access FROM users WHERE name = $1`, name); err != nil {
		return NoAccess
	}
	return level
}
