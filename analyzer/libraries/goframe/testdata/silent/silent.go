// Package silent tells a row that does not exist from a failure.
package silent

import (
	"context"
	"database/sql"
	"errors"

	"github.com/gogf/gf/v2/database/gdb"
)

type member struct{ Name string }

func exists(ctx context.Context, db gdb.DB, name string) (bool, error) {
	row, err := db.Model("members").Ctx(ctx).Where("name", name).One()
	if err != nil {
		return false, err
	}
	return !row.IsEmpty(), nil
}

func Find(ctx context.Context, db gdb.DB, id int) (*member, error) {
	var m member
	err := db.Model("members").Ctx(ctx).Where("id", id).Scan(&m)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &m, nil
}

func Enrol(ctx context.Context, db gdb.DB, name string) error {
	n, err := db.Model("members").Ctx(ctx).Where("name", name).Count()
	if err != nil || n > 0 {
		return err
	}
	_, err = db.Model("members").Ctx(ctx).Insert(member{Name: name})
	return err
}
