// Package fires takes every failure for a row that does not exist.
package fires

import (
	"context"

	"github.com/gogf/gf/v2/database/gdb"
	"github.com/gogf/gf/v2/frame/g"
)

type member struct{ Name string }

func exists(ctx context.Context, name string) bool {
	row, err := g.Model("members").Ctx(ctx).Where("name", name).One()
	if err != nil {
		return false // want `exists: answers false, as for a row that does not exist, when One times out \(collapse\)`
	}
	return !row.IsEmpty()
}

func Find(ctx context.Context, db gdb.DB, id int) (*member, error) {
	var m member
	if err := db.Model("members").Ctx(ctx).Where("id", id).Scan(&m); err != nil {
		return nil, nil // want `Find: answers \(nil, nil\), as for a row that does not exist, when Scan times out \(empty\)`
	}
	return &m, nil
}

func Enrol(ctx context.Context, db gdb.DB, name string) error {
	n, _ := db.Model("members").Ctx(ctx).Where("name", name).Count() // want `Enrol: drops the error of Count and decides by the value beside it, .* \(discard\)`
	if n > 0 {
		return nil
	}
	_, err := db.Model("members").Ctx(ctx).Insert(member{Name: name})
	return err
}
