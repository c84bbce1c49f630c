// Package fires takes a database that does not answer for a row that is not there.
package fires

import (
	goxorm "github.com/go-xorm/xorm"
	fork "github.com/xorm-io/xorm"
	"xorm.io/xorm"
)

type User struct {
	ID   int64
	Name string
}

func NameTaken(db *xorm.Engine, name string) bool {
	has, _ := db.Where("name = ?", name).Exist(&User{}) // want `NameTaken: drops the error of Exist and answers false, as for a row that does not exist, when Exist times out \(discard\)`
	return has
}

// The engine of an application is often handed around as an interface.
func Get(db xorm.Interface, id int64) (*User, error) {
	user := &User{ID: id}
	if has, err := db.Get(user); err != nil || !has {
		return nil, nil // want `Get: answers \(nil, nil\), as for a row that does not exist, when Get times out \(empty\)`
	}
	return user, nil
}

func ByEngine(db xorm.EngineInterface, id int64) bool {
	has, err := db.Exist(&User{ID: id})
	return err == nil && has // want `ByEngine: answers false, .* when Exist times out \(collapse\)`
}

// A channel that is counted as absent is made a second time.
func IsChannelExist(db *goxorm.Engine, name string) bool {
	count, _ := db.Where("name = ?", name).Count(&User{}) // want `IsChannelExist: drops the error of Count and answers false, .* \(discard\)`
	return count > 0
}

func Users(db *fork.Session) []*User {
	var users []*User
	if err := db.Find(&users); err != nil {
		return nil // want `Users: answers nil, as for a row that does not exist, when Find times out \(collapse\)`
	}
	return users
}

func Remove(db *fork.Engine, id int64) error {
	n, _ := db.Where("parent = ?", id).Count(&User{})
	if n > 0 {
		return nil
	}
	_, err := db.ID(id).Delete(&User{}) // want `Remove: calls Delete, as for a row that does not exist, when Count times out \(destroy\)`
	return err
}

func Listed(db *xorm.Session, name string) bool {
	rows, err := db.SQL("SELECT 1 FROM users WHERE name = ?", name).QueryString()
	if err != nil {
		return false // want `Listed: answers false, .* when QueryString times out \(collapse\)`
	}
	return len(rows) > 0
}
