package silent

import (
	"database/sql"
	"strings"
)

func Email(db *sql.DB, id int) (string, error) {
	var email string
	err := db.QueryRow(`SELECT email FROM users WHERE id = $1`, id).Scan(&email)
	if err != nil && strings.Contains(err.Error(), "no rows in result set") {
		return "", nil
	}
	return email, err
}
