package fires

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"
)

const dropSession = `
	DELETE FROM sessions
	WHERE id = $1`

// An account that could not be asked for is taken for one that is gone.
func EndSession(db *sql.DB, id, account string) error {
	var state string
	if err := db.QueryRow(`SELECT state FROM accounts WHERE id = $1`, account).Scan(&state); err != nil {
		_, err := db.Exec(dropSession, id) // want `EndSession: calls Exec, as for a row that does not exist, when Scan times out \(destroy\)`
		return err
	}
	return nil
}

func DropTable(ctx context.Context, db *pgxpool.Pool, tenant string) error {
	var n int
	if err := db.QueryRow(ctx, `SELECT count(*) FROM tenants WHERE name = $1`, tenant).Scan(&n); err != nil {
		_, err := db.Exec(ctx, fmt.Sprintf(`drop table if exists %s`, tenant)) // want `DropTable: calls Exec, as for a row that does not exist, .* \(destroy\)`
		return err
	}
	return nil
}

func DropRows(db *sql.DB, id string) error {
	var n int
	if err := db.QueryRow(`SELECT count(*) FROM tenants WHERE id = $1`, id).Scan(&n); err != nil {
		return removeRows(db, id) // want `DropRows: calls Exec, by removeRows, as for a row that does not exist, .* \(destroy\)`
	}
	return nil
}

func removeRows(db *sql.DB, id string) error {
	_, err := db.Exec("DELETE FROM rows WHERE tenant = "+id, "ACTIVE")
	return err
}
