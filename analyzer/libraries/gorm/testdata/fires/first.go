package fires

import (
	"errors"

	first "github.com/jinzhu/gorm"
)

func FirstTaken(db *first.DB, email string) bool {
	return db.Where("email = ?", email).First(&User{}).Error == nil // want `FirstTaken: answers false, as for a row that does not exist, when First times out \(collapse\)`
}

func FirstDelete(db *first.DB, id int) error {
	var n int
	db.Model(&User{}).Where("parent = ?", id).Count(&n)
	if n > 0 {
		return errors.New("it has children")
	}
	return db.Delete(&User{}, id).Error // want `FirstDelete: calls Delete, as for a row that does not exist, when Count times out \(destroy\)`
}

// The chain is asked whether a row was not found, and not what else there was.
func FirstGet(db *first.DB, id int) (*User, error) {
	var user User
	if db.First(&user, id).RecordNotFound() {
		return nil, errors.New("no such user")
	}
	return &user, nil // want `FirstGet: answers \(&fires.User\{\}, nil\), as for a row that does not exist, when First times out \(empty\)`
}

func FirstName(db *first.DB, id int) (string, error) {
	var user User
	if err := db.First(&user, id).Error; err != nil {
		return "", nil // want `FirstName: answers \("", nil\), .* when First times out \(empty\)`
	}
	return user.Email, nil
}

// named tells absence by a method of what the query answered, and says so by an error of its own.
func named(db *first.DB, name string) (*User, error) {
	var user User
	result := db.First(&user, "name = ?", name)
	if result.Error == nil {
		return &user, nil
	} else if result.RecordNotFound() {
		return nil, errors.New("no such user")
	}
	return nil, result.Error
}

func Welcome(db *first.DB, name string) string {
	user, err := named(db, name)
	if err != nil {
		return "" // want `Welcome: answers "", as for a row that does not exist, when named \(First\) times out \(collapse\)`
	}
	return user.Email
}
