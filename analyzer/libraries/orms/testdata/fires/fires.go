// Package fires takes a database that does not answer for a row that is not there.
package fires

import (
	"context"
	"errors"

	"github.com/go-gorp/gorp/v3"
	"github.com/go-pg/pg/v10"
	"github.com/gobuffalo/pop/v6"
	"github.com/gocraft/dbr/v2"
	"github.com/upper/db/v4"
	"github.com/uptrace/bun"
	gorp1 "gopkg.in/gorp.v1"
)

type User struct {
	ID   int
	Name string
}

func BunFound(ctx context.Context, db *bun.DB, id int) bool {
	var user User
	err := db.NewSelect().Model(&user).Where("id = ?", id).Scan(ctx)
	return err == nil // want `BunFound: answers false, as for a row that does not exist, when Scan times out \(collapse\)`
}

func BunTaken(ctx context.Context, db bun.IDB, name string) bool {
	exists, _ := db.NewSelect().Model((*User)(nil)).Where("name = ?", name).Exists(ctx) // want `BunTaken: drops the error of Exists and answers false, .* \(discard\)`
	return exists
}

func PgGet(db *pg.DB, id int) (*User, error) {
	user := &User{ID: id}
	if err := db.Model(user).WherePK().Select(); err != nil {
		return nil, nil // want `PgGet: answers \(nil, nil\), .* when Select times out \(empty\)`
	}
	return user, nil
}

func PgTaken(tx *pg.Tx, name string) bool {
	n, _ := tx.Model((*User)(nil)).Where("name = ?", name).Count() // want `PgTaken: drops the error of Count and answers false, .* \(discard\)`
	return n > 0
}

func PgFound(db *pg.DB, id int) bool {
	var user User
	_, err := db.QueryOne(&user, `SELECT * FROM users WHERE id = ?`, id)
	return err == nil // want `PgFound: answers false, .* when QueryOne times out \(collapse\)`
}

func PopFound(tx *pop.Connection, id int) bool {
	return tx.Find(&User{}, id) == nil // want `PopFound: answers false, .* when Find times out \(collapse\)`
}

func PopTaken(tx *pop.Connection, name string) bool {
	exists, err := tx.Where("name = ?", name).Exists(&User{})
	if err != nil {
		return false // want `PopTaken: answers false, .* when Exists times out \(collapse\)`
	}
	return exists
}

func PopRemove(tx *pop.Connection, user *User) error {
	n, _ := tx.Where("parent = ?", user.ID).Count(&User{})
	if n > 0 {
		return errors.New("it has children")
	}
	return tx.Destroy(user) // want `PopRemove: calls Destroy, as for a row that does not exist, when Count times out \(destroy\)`
}

func GorpTaken(db *gorp.DbMap, name string) bool {
	n, _ := db.SelectInt(`SELECT count(*) FROM users WHERE name = ?`, name) // want `GorpTaken: drops the error of SelectInt and answers false, .* \(discard\)`
	return n > 0
}

func GorpGet(db gorp.SqlExecutor, name string) (*User, error) {
	var user User
	if err := db.SelectOne(&user, `SELECT * FROM users WHERE name = ?`, name); err != nil {
		return nil, nil // want `GorpGet: answers \(nil, nil\), .* when SelectOne times out \(empty\)`
	}
	return &user, nil
}

func GorpFound(db *gorp1.DbMap, id int) bool {
	row, err := db.Get(User{}, id)
	return err == nil && row != nil // want `GorpFound: answers false, .* when Get times out \(collapse\)`
}

func UpperFound(users db.Collection, id int) bool {
	var user User
	err := users.Find(id).One(&user)
	return err == nil // want `UpperFound: answers false, .* when One times out \(collapse\)`
}

func UpperTaken(users db.Collection, name string) bool {
	n, _ := users.Find("name", name).Count() // want `UpperTaken: drops the error of Count and answers false, .* \(discard\)`
	return n > 0
}

func DbrFound(s *dbr.Session, id int) bool {
	var user User
	err := s.Select("*").From("users").Where("id = ?", id).LoadOne(&user)
	return err == nil // want `DbrFound: answers false, .* when LoadOne times out \(collapse\)`
}

// bunUser answers what the model of its query points to, error or not.
func bunUser(ctx context.Context, db *bun.DB, id int) (*User, error) {
	var user User
	q := db.NewSelect().Model(&user)
	if id > 0 {
		q = q.Where("id = ?", id)
	}
	err := q.Limit(1).Scan(ctx)
	if err != nil {
		return &user, err
	}
	return &user, nil
}

func BunNamed(ctx context.Context, db *bun.DB, id int) string {
	user, err := bunUser(ctx, db, id)
	if err != nil {
		return "" // want `BunNamed: answers "", as for a row that does not exist, when bunUser \(Scan\) times out \(collapse\)`
	}
	return user.Name
}
