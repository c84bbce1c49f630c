// Package possible makes a note of a failure, or something that only a failure leads to.
package possible

import (
	"errors"

	"gorm.io/gorm"
)

type User struct {
	ID    int
	Email string
}

type Failure struct{ Of string }

func Check(db *gorm.DB, email string) {
	var u User
	if err := db.Where("email = ?", email).First(&u).Error; err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
		db.Create(&Failure{Of: email}) // want `Check: calls Create, as for a row that does not exist, when First times out \(destroy, possible\)`
	}
}
