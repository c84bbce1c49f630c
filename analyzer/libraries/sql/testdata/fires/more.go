package fires

import (
	"context"

	"github.com/georgysavva/scany/v2/pgxscan"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jmoiron/sqlx"
)

type user struct{ Name string }

func Pooled(ctx context.Context, db *pgxpool.Pool, name string) bool {
	var n int
	if err := db.QueryRow(ctx, `SELECT count(*) FROM users WHERE name = $1`, name).Scan(&n); err != nil {
		return false // want `Pooled: answers false, .* when Scan times out \(collapse\)`
	}
	return n > 0
}

func Collected(ctx context.Context, db *pgxpool.Pool, id int) (*user, error) {
	rows, _ := db.Query(ctx, `SELECT name FROM users WHERE id = $1`, id)
	u, err := pgx.CollectOneRow(rows, pgx.RowToAddrOfStructByName[user])
	if err != nil {
		return nil, nil // want `Collected: answers \(nil, nil\), .* when CollectOneRow times out \(empty\)`
	}
	return u, nil
}

func Scanned(ctx context.Context, db *pgxpool.Pool, id int) bool {
	var u user
	err := pgxscan.Get(ctx, db, &u, `SELECT name FROM users WHERE id = $1`, id)
	return err == nil // want `Scanned: answers false, .* when Get times out \(collapse\)`
}

func Package(db sqlx.Queryer, id int) (*user, error) {
	var u user
	if err := sqlx.Get(db, &u, `SELECT name FROM users WHERE id = $1`, id); err != nil {
		return nil, nil // want `Package: answers \(nil, nil\), .* when Get times out \(empty\)`
	}
	return &u, nil
}

func Prepared(stmt *sqlx.NamedStmt, id int) bool {
	var u user
	err := stmt.Get(&u, map[string]any{"id": id})
	return err == nil // want `Prepared: answers false, .* when Get times out \(collapse\)`
}

func Struct(db *sqlx.DB, id int) bool {
	var u user
	err := db.QueryRowx(`SELECT name FROM users WHERE id = $1`, id).StructScan(&u)
	return err == nil // want `Struct: answers false, .* when StructScan times out \(collapse\)`
}
