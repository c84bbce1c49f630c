package silent

import (
	"errors"

	"gorm.io/gorm"
)

// Account is known by its address, of which no key needs to be unique.
type Account struct {
	ID    int
	Email string
}

func Ensure(db *gorm.DB, email string) error {
	var a Account
	err := db.Where("email = ?", email).First(&a).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return db.Create(&Account{Email: email}).Error
	}
	return err
}
