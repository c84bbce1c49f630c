package fires

import (
	"database/sql"
	"strings"
)

// A table that is not there, or a database, is no answer about a row.
func Email(db *sql.DB, id int) (string, error) {
	var email string
	err := db.QueryRow(`SELECT email FROM users WHERE id = $1`, id).Scan(&email)
	if err != nil && (err == sql.ErrNoRows || strings.Contains(err.Error(), "does not exist")) {
		return "", nil // want `Email: takes a fault for the absence of a row: its match is true when Scan fails with "FATAL: database .* does not exist \(SQLSTATE 3D000\)" \(overbroad\)`
	}
	return email, err
}
