// Package silent looks at the error before the bool.
package silent

import (
	"errors"

	goxorm "github.com/go-xorm/xorm"
	"xorm.io/xorm"
)

type User struct {
	ID    int64
	Name  string
	Admin bool
}

var errNotFound = errors.New("no such user")

func NameTaken(db *xorm.Engine, name string) (bool, error) {
	return db.Where("name = ?", name).Exist(&User{})
}

func Get(db xorm.Interface, id int64) (*User, error) {
	user := &User{ID: id}
	has, err := db.Get(user)
	if err != nil {
		return nil, err
	}
	if !has {
		return nil, nil
	}
	return user, nil
}

func MustGet(db *goxorm.Session, id int64) (*User, error) {
	user := new(User)
	if has, err := db.ID(id).Get(user); err != nil {
		return nil, err
	} else if !has {
		return nil, errNotFound
	}
	return user, nil
}

func Count(db *xorm.Engine) (int64, error) {
	return db.Count(&User{})
}

// Who cannot be looked up is no admin, which is safe.
func IsAdmin(db *xorm.Engine, id int64) bool {
	user := new(User)
	has, err := db.ID(id).Get(user)
	return err == nil && has && user.Admin
}

func Remove(db *xorm.Engine, id int64) error {
	n, err := db.Where("parent = ?", id).Count(&User{})
	if err != nil || n > 0 {
		return err
	}
	_, err = db.ID(id).Delete(&User{})
	return err
}

func Users(db *goxorm.Engine) ([]*User, error) {
	var users []*User
	err := db.Desc("id").Find(&users)
	return users, err
}
