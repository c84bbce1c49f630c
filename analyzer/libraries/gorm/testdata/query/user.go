// Package query is what gorm's generator makes of a model, cut down to what the cases call: calls of it
// are its own, and those of gen.DO below.
package query

import (
	"context"

	"gorm.io/gen"
	"gorm.io/gen/field"
)

type User struct {
	ID    string
	Email string
}

var Q struct{ User user }

type user struct {
	userDo
	ID    field.String
	Email field.String
}

type userDo struct{ gen.DO }

type IUserDo interface {
	gen.SubQuery
	WithContext(ctx context.Context) IUserDo
	Where(conds ...gen.Condition) IUserDo
	Count() (count int64, err error)
	Create(values ...*User) error
	First() (*User, error)
	Find() ([]*User, error)
	Scan(result any) (err error)
	Delete(...*User) (info gen.ResultInfo, err error)
}

func (u userDo) WithContext(ctx context.Context) IUserDo {
	return u.withDO(u.DO.WithContext(ctx))
}

func (u userDo) Where(conds ...gen.Condition) IUserDo {
	return u.withDO(u.DO.Where(conds...))
}

func (u userDo) Create(values ...*User) error {
	if len(values) == 0 {
		return nil
	}
	return u.DO.Create(values)
}

func (u userDo) First() (*User, error) {
	if result, err := u.DO.First(); err != nil {
		return nil, err
	} else {
		return result.(*User), nil
	}
}

func (u userDo) Find() ([]*User, error) {
	result, err := u.DO.Find()
	return result.([]*User), err
}

func (u userDo) Scan(result any) (err error) {
	return u.DO.Scan(result)
}

func (u userDo) Delete(models ...*User) (result gen.ResultInfo, err error) {
	return u.DO.Delete(models)
}

func (u *userDo) withDO(do gen.Dao) *userDo {
	u.DO = *do.(*gen.DO)
	return u
}
