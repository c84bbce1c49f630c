// Package possible makes a second row, which a unique key may refuse.
package possible

import "gorm.io/gorm"

type User struct {
	ID    int
	Email string
}

func Ensure(db *gorm.DB, email string) error {
	var u User
	if err := db.Where("email = ?", email).First(&u).Error; err == nil {
		return nil
	}
	return db.Create(&User{Email: email}).Error // want `Ensure: calls Create, as for a row that does not exist, when First times out \(destroy, possible\)`
}
