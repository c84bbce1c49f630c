// Package models has what SQLBoiler generates for a table of users, as far as the cases need it.
package models

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/aarondl/sqlboiler/v4/boil"
	"github.com/aarondl/sqlboiler/v4/queries"
)

type User struct {
	ID   int
	Name string
}

type userQuery struct{ *queries.Query }

func Users() userQuery { return userQuery{queries.Raw(`SELECT * FROM users`)} }

func (q userQuery) One(ctx context.Context, exec boil.ContextExecutor) (*User, error) {
	o := &User{}
	queries.SetLimit(q.Query, 1)
	if err := q.Bind(ctx, exec, o); err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			return nil, sql.ErrNoRows
		}
		return nil, fmt.Errorf("models: failed to execute a one query for users: %w", err)
	}
	return o, nil
}

func (q userQuery) Count(ctx context.Context, exec boil.ContextExecutor) (int64, error) {
	var count int64
	queries.SetSelect(q.Query, nil)
	queries.SetCount(q.Query)
	if err := q.Query.QueryRowContext(ctx, exec).Scan(&count); err != nil {
		return 0, fmt.Errorf("models: failed to count users rows: %w", err)
	}
	return count, nil
}
