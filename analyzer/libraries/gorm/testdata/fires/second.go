package fires

import "gorm.io/gorm"

// Account is known by its address, of which no key needs to be unique.
type Account struct {
	ID    int
	Email string
}

// A second account is made, unless a key refuses it.
func Ensure(db *gorm.DB, email string) error {
	var a Account
	if err := db.Where("email = ?", email).First(&a).Error; err == nil {
		return nil
	}
	return db.Create(&Account{Email: email}).Error // want `Ensure: calls Create, as for a row that does not exist, when First times out \(destroy\)`
}
