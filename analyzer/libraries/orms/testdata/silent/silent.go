// Package silent knows a row that is not there from a database that does not answer.
package silent

import (
	"context"
	"database/sql"
	"errors"

	"github.com/go-gorp/gorp/v3"
	"github.com/go-pg/pg/v10"
	"github.com/gobuffalo/pop/v6"
	"github.com/gocraft/dbr/v2"
	"github.com/upper/db/v4"
	"github.com/uptrace/bun"
)

type User struct {
	ID    int
	Name  string
	Admin bool
}

func BunFound(ctx context.Context, db *bun.DB, id int) (bool, error) {
	var user User
	err := db.NewSelect().Model(&user).Where("id = ?", id).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

func BunTaken(ctx context.Context, db bun.IDB, name string) (bool, error) {
	return db.NewSelect().Model((*User)(nil)).Where("name = ?", name).Exists(ctx)
}

func PgGet(db *pg.DB, id int) (*User, error) {
	user := &User{ID: id}
	err := db.Model(user).WherePK().Select()
	if err == pg.ErrNoRows {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return user, nil
}

func PgCount(db *pg.DB) (int, error) {
	return db.Model((*User)(nil)).Count()
}

func PopFound(tx *pop.Connection, id int) (bool, error) {
	err := tx.Find(&User{}, id)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

func PopRemove(tx *pop.Connection, user *User) error {
	n, err := tx.Where("parent = ?", user.ID).Count(&User{})
	if err != nil {
		return err
	}
	if n > 0 {
		return errors.New("it has children")
	}
	return tx.Destroy(user)
}

func GorpGet(db gorp.SqlExecutor, id int) (*User, error) {
	row, err := db.Get(User{}, id)
	if err != nil || row == nil {
		return nil, err
	}
	return row.(*User), nil
}

func GorpName(db *gorp.DbMap, name string) (*User, error) {
	var user User
	switch err := db.SelectOne(&user, `SELECT * FROM users WHERE name = ?`, name); err {
	case nil:
		return &user, nil
	case sql.ErrNoRows:
		return nil, nil
	default:
		return nil, err
	}
}

func UpperFound(users db.Collection, id int) (bool, error) {
	var user User
	err := users.Find(id).One(&user)
	if errors.Is(err, db.ErrNoMoreRows) {
		return false, nil
	}
	return err == nil, err
}

func DbrGet(s *dbr.Session, id int) (*User, error) {
	var user User
	err := s.Select("*").From("users").Where("id = ?", id).LoadOne(&user)
	if err == dbr.ErrNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &user, nil
}

// Who cannot be looked up is no admin, which is safe.
func IsAdmin(ctx context.Context, db *bun.DB, id int) bool {
	var user User
	err := db.NewSelect().Model(&user).Where("id = ?", id).Scan(ctx)
	return err == nil && user.Admin
}

func bunUser(ctx context.Context, db *bun.DB, id int) (*User, error) {
	var user User
	err := db.NewSelect().Model(&user).Where("id = ?", id).Scan(ctx)
	return &user, err
}

func BunNamed(ctx context.Context, db *bun.DB, id int) (string, error) {
	user, err := bunUser(ctx, db, id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return user.Name, err
}
