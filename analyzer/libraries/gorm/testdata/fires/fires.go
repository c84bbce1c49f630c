// Package fires has the error in a field, and does not look there, or for one sort only.
package fires

import (
	"errors"

	"gorm.io/gorm"
)

type User struct {
	ID    int
	Email string
}

func Taken(db *gorm.DB, email string) bool {
	return db.Where("email = ?", email).Find(&User{}).RowsAffected == 1 // want `Taken: drops the error of Find and answers false, as for a row that does not exist, when Find times out \(discard\)`
}

func Delete(db *gorm.DB, id int) error {
	var n int64
	db.Model(&User{}).Where("parent = ?", id).Count(&n)
	if n > 0 {
		return errors.New("it has children")
	}
	return db.Delete(&User{}, id).Error // want `Delete: calls Delete, as for a row that does not exist, when Count times out \(destroy\)`
}

func Get(db *gorm.DB, id int) (*User, error) {
	var user User
	if r := db.First(&user, id); errors.Is(r.Error, gorm.ErrRecordNotFound) {
		return nil, errors.New("no such user")
	}
	return &user, nil // want `Get: answers \(&fires.User\{\}, nil\), as for a row that does not exist, when First times out \(empty\)`
}

// Any error is "not in use".
func Unused(db *gorm.DB, id int) error {
	if err := db.First(&User{}, "role = ?", id).Error; err == nil {
		return errors.New("in use")
	}
	return db.Transaction(func(tx *gorm.DB) error {
		return tx.Delete(&User{}, id).Error // want `Unused: calls Delete, as for a row that does not exist, when First times out \(destroy\)`
	})
}

var errInUse = errors.New("in use")

// It refuses by an error of its own.
func Refused(db *gorm.DB, id int) error {
	var n int64
	db.Model(&User{}).Where("parent = ?", id).Count(&n)
	if n > 0 {
		return errInUse
	}
	return db.Delete(&User{}, id).Error // want `Refused: calls Delete, as for a row that does not exist, when Count times out \(destroy\)`
}

// What is answered beside the error has nothing in it.
func find(db *gorm.DB, email string) (*User, error) {
	user := new(User)
	err := db.Where("email = ?", email).First(&user).Error
	return user, err
}

func Sweep(db *gorm.DB, emails []string, remove func(string) error) error {
	for _, email := range emails {
		user, _ := find(db, email) // want `Sweep: drops the error of find \(First\) and decides by the value beside it, as for a row that does not exist, when find \(First\) times out \(discard\)`
		if user.ID == 0 {
			if err := remove(email); err != nil {
				return err
			}
		}
	}
	return nil
}

// canteenID is what it was where there is no row, and that a fault is told by.
func canteenID(db *gorm.DB, name string) int32 {
	var id int32 = -1
	if err := db.Table("canteens").Where("name = ?", name).Select("id").Scan(&id).Error; err != nil {
		id = -1
	}
	return id // want `canteenID: answers -1, as for a row that does not exist, when Scan times out \(collapse\)`
}

// Who is there is refused: what is made under a fault is a second one.
func Register(db *gorm.DB, email string) error {
	var u User
	if err := db.Where("email = ?", email).First(&u).Error; err == nil {
		return errors.New("the address is taken")
	}
	return db.Create(&User{Email: email}).Error // want `Register: calls Create, as for a row that does not exist, when First times out \(destroy\)`
}

// Each begins a chain of its own: what the second answers says nothing of the first.
func Full(db *gorm.DB, group string) (bool, error) {
	var n int64
	db.Model(&User{}).Where("group = ?", group).Count(&n) // want `Full: drops the error of Count and answers \(false, \.\.\.\), as for a row that does not exist, when Count times out \(discard\)`
	var g User
	err := db.Where("name = ?", group).First(&g).Error
	return n >= 10, err
}

// The chain is read before it is counted.
func FullThen(db *gorm.DB, group string) (bool, error) {
	chain := db.Model(&User{}).Where("group = ?", group)
	var users []User
	err := chain.Find(&users).Error
	var n int64
	chain.Count(&n) // want `FullThen: drops the error of Count and answers \(false, \.\.\.\), as for a row that does not exist, when Count times out \(discard\)`
	return n >= 10, err
}
