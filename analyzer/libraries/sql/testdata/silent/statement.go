package silent

import (
	"database/sql"
	"errors"
)

// What is not there is told from what could not be asked.
func EndSession(db *sql.DB, id, account string) error {
	var state string
	err := db.QueryRow(`SELECT state FROM accounts WHERE id = $1`, account).Scan(&state)
	if errors.Is(err, sql.ErrNoRows) {
		_, err = db.Exec(`DELETE FROM sessions WHERE id = $1`, id)
	}
	return err
}

// It is deleted whatever is answered.
func Expire(db *sql.DB, id string) error {
	var seen int
	err := db.QueryRow(`SELECT seen FROM sessions WHERE id = $1`, id).Scan(&seen)
	if _, err := db.Exec(`DELETE FROM sessions WHERE id = $1`, id); err != nil {
		return err
	}
	return err
}

// A statement that deletes nothing: nothing is lost.
func Touch(db *sql.DB, id string) error {
	var seen int
	if err := db.QueryRow(`SELECT seen FROM sessions WHERE id = $1`, id).Scan(&seen); err != nil {
		_, err := db.Exec(`UPDATE sessions SET failed = failed + 1 WHERE id = $1`, id)
		return err
	}
	return nil
}
