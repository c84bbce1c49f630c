// Package silent looks at the error of the chain.
package silent

import (
	"errors"

	"gorm.io/gorm"
)

type User struct {
	ID    int
	Email string
}

func Taken(db *gorm.DB, email string) (bool, error) {
	r := db.Where("email = ?", email).Find(&User{})
	return r.RowsAffected > 0, r.Error
}

func Get(db *gorm.DB, id int) (*User, error) {
	var user User
	err := db.First(&user, id).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &user, nil
}

// The inverted gate refuses on a fault.
func Create(db *gorm.DB, user *User) error {
	if !errors.Is(db.Where("email = ?", user.Email).First(&User{}).Error, gorm.ErrRecordNotFound) {
		return errors.New("there is one")
	}
	return db.Create(user).Error
}

func Delete(db *gorm.DB, id int) error {
	var n int64
	if err := db.Model(&User{}).Where("parent = ?", id).Count(&n).Error; err != nil {
		return err
	}
	if n > 0 {
		return errors.New("it has children")
	}
	return db.Delete(&User{}, id).Error
}

func find(db *gorm.DB, email string) (*User, error) {
	user := new(User)
	err := db.Where("email = ?", email).First(&user).Error
	return user, err
}

// Sweep removes what is not there, and only that.
func Sweep(db *gorm.DB, emails []string, remove func(string) error) error {
	for _, email := range emails {
		user, err := find(db, email)
		if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
			return err
		}
		if user.ID == 0 {
			if err := remove(email); err != nil {
				return err
			}
		}
	}
	return nil
}

func Register(db *gorm.DB, email string) error {
	var u User
	err := db.Where("email = ?", email).First(&u).Error
	if err == nil {
		return errors.New("the address is taken")
	}
	if !errors.Is(err, gorm.ErrRecordNotFound) {
		return err
	}
	return db.Create(&User{Email: email}).Error
}

// What is counted is read then, by the same chain, which keeps the error of either.
func Full(db *gorm.DB, group string) (bool, error) {
	chain := db.Model(&User{}).Where("group = ?", group)
	var n int64
	chain.Count(&n)
	var users []User
	err := chain.Order("name").Limit(10).Find(&users).Error
	return n >= 10, err
}

// A chain is made in two ways, and asked for its error.
func FullOf(db *gorm.DB, group, name string) (bool, error) {
	chain := db.Model(&User{}).Where("group = ?", group)
	if name != "" {
		chain = chain.Where("name = ?", name)
	}
	var n int64
	chain.Count(&n)
	if chain.Error != nil {
		return false, chain.Error
	}
	return n >= 10, nil
}
