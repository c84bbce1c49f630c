package silent

import (
	"errors"

	"gorm.io/gorm"

	"testdata/query"
)

func HasUsers(group string) (bool, error) {
	q := query.Q.User
	n, err := q.Where(q.Email.Eq(group)).Count()
	return n > 0, err
}

func IDOf(email string) (*string, error) {
	q := query.Q.User
	var id string
	if err := q.Where(q.Email.Eq(email)).Scan(&id); err != nil {
		return nil, err
	}
	return &id, nil
}

func Join(u *query.User) error {
	q := query.Q.User
	switch _, err := q.Where(q.Email.Eq(u.Email)).First(); {
	case err == nil:
		return errors.New("in use")
	case !errors.Is(err, gorm.ErrRecordNotFound):
		return err
	}
	return q.Create(u)
}

func All(group string) ([]*query.User, error) {
	q := query.Q.User
	return q.Where(q.Email.Eq(group)).Find()
}
