// Package silent knows orm.ErrNoRows.
package silent

import (
	"errors"

	old "github.com/astaxie/beego/orm"
	"github.com/beego/beego/v2/client/orm"
	"github.com/beego/beego/v2/server/web"
)

type User struct {
	Id    int
	Name  string
	Admin bool
}

func Found(o orm.Ormer, id int) (bool, error) {
	err := o.Read(&User{Id: id})
	if err == orm.ErrNoRows {
		return false, nil
	}
	return err == nil, err
}

func Get(o old.Ormer, name string) (*User, error) {
	var user User
	err := o.QueryTable("user").Filter("name", name).One(&user)
	if errors.Is(err, old.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &user, nil
}

// Count, unlike Exist, answers an error.
func Taken(o orm.Ormer, name string) (bool, error) {
	n, err := o.QueryTable("user").Filter("name", name).Count()
	return n > 0, err
}

func Remove(o orm.Ormer, id int) error {
	if n, err := o.QueryTable("user").Filter("parent", id).Count(); err != nil || n > 0 {
		return err
	}
	_, err := o.Delete(&User{Id: id})
	return err
}

// Who cannot be looked up is no admin, which is safe.
func IsAdmin(o orm.Ormer, id int) bool {
	user := &User{Id: id}
	return o.Read(user) == nil && user.Admin
}

func Users(o orm.Ormer) ([]*User, error) {
	var users []*User
	_, err := o.QueryTable("user").All(&users)
	return users, err
}

func Name(o orm.Ormer, id int) (name string, err error) {
	err = o.Raw("SELECT name FROM user WHERE id = ?", id).QueryRow(&name)
	return name, err
}

type Handler struct{ web.Controller }

func (c *Handler) fail(message string) {
	c.Data["json"] = message
	c.ServeJSON()
	c.StopRun()
}

// Abort, and what ends in StopRun, do not return.
func (c *Handler) Delete() {
	o := orm.NewOrm()
	user := &User{Name: c.GetString("name")}
	if err := o.Read(user, "Name"); err != nil {
		c.fail("no such user")
	}
	n, err := o.QueryTable("user").Filter("parent", user.Id).Count()
	if err != nil {
		c.Abort("500")
	}
	if n > 0 {
		c.fail("it has children")
	}
	o.Delete(user)
}
