// Package fires takes a database that does not answer for a row that is not there.
package fires

import (
	"errors"

	old "github.com/astaxie/beego/orm"
	"github.com/beego/beego/v2/client/orm"
)

type User struct {
	Id   int
	Name string
}

func NameTaken(o orm.Ormer, name string) bool {
	return o.QueryTable("user").Filter("name", name).Exist() // want `NameTaken: drops the error of Exist and answers false, as for a row that does not exist, when Exist times out \(discard\)`
}

func OldTaken(name string) bool {
	return old.NewOrm().QueryTable("user").Filter("name", name).Exist() // want `OldTaken: drops the error of Exist and answers false, .* \(discard\)`
}

// A second row is inserted for an option that is there.
func Save(user *User) error {
	o := orm.NewOrm()
	if !o.QueryTable("user").Filter("name", user.Name).Exist() { // want `Save: drops the error of Exist and decides by the value beside it, .* \(discard\)`
		_, err := o.Insert(user)
		return err
	}
	_, err := o.Update(user)
	return err
}

func Get(o orm.Ormer, id int) (*User, error) {
	user := &User{Id: id}
	if err := o.Read(user); err != nil {
		return nil, nil // want `Get: answers \(nil, nil\), as for a row that does not exist, when Read times out \(empty\)`
	}
	return user, nil
}

func Found(o old.Ormer, id int) bool {
	var user User
	err := o.QueryTable("user").Filter("id", id).One(&user)
	return err == nil // want `Found: answers false, .* when One times out \(collapse\)`
}

func Listed(o orm.Ormer, name string) bool {
	var user User
	if err := o.Raw("SELECT id FROM user WHERE name = ?", name).QueryRow(&user); err != nil {
		return false // want `Listed: answers false, .* when QueryRow times out \(collapse\)`
	}
	return true
}

func Remove(o orm.Ormer, id int) error {
	n, _ := o.QueryTable("user").Filter("parent", id).Count()
	if n > 0 {
		return errors.New("it has children")
	}
	_, err := o.Delete(&User{Id: id}) // want `Remove: calls Delete, as for a row that does not exist, when Count times out \(destroy\)`
	return err
}
