package silent

import (
	"errors"

	first "github.com/jinzhu/gorm"
)

func FirstTaken(db *first.DB, email string) (bool, error) {
	r := db.Where("email = ?", email).First(&User{})
	if r.RecordNotFound() {
		return false, nil
	}
	return r.Error == nil, r.Error
}

func FirstGet(db *first.DB, id int) (*User, error) {
	var user User
	err := db.First(&user, id).Error
	if first.IsRecordNotFoundError(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &user, nil
}

func FirstDetails(db *first.DB, id int) (User, error) {
	var user User
	err := db.First(&user, id).Error
	if err != nil {
		if err != first.ErrRecordNotFound {
			return user, err
		}
		user.Email = "[Deleted]"
	}
	return user, nil
}

func FirstCount(db *first.DB) (n int, err error) {
	err = db.Model(&User{}).Count(&n).Error
	return n, err
}

func FirstDelete(db *first.DB, id int) error {
	var n int
	if err := db.Model(&User{}).Where("parent = ?", id).Count(&n).Error; err != nil {
		return err
	}
	if n > 0 {
		return errors.New("it has children")
	}
	return db.Delete(&User{}, id).Error
}

// Who cannot be looked up is no admin, which is safe.
func IsAdmin(db *first.DB, id int) bool {
	return db.First(&User{}, "id = ? AND admin", id).Error == nil
}

var errNoUser = errors.New("no such user")

// named tells absence by a method of what the query answered, and says so by an error of its own.
func named(db *first.DB, name string) (*User, error) {
	var user User
	result := db.First(&user, "name = ?", name)
	if result.Error == nil {
		return &user, nil
	} else if result.RecordNotFound() {
		return nil, errNoUser
	}
	return nil, result.Error
}

func Welcome(db *first.DB, name string) (string, error) {
	user, err := named(db, name)
	if errors.Is(err, errNoUser) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return user.Email, nil
}
