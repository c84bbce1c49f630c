// Package silent tells a row that is not there from a database that does not answer.
package silent

import (
	"context"
	"database/sql"
	"errors"

	"github.com/aarondl/sqlboiler/v4/boil"

	"testdata/models"
)

func Find(ctx context.Context, db boil.ContextExecutor) (*models.User, error) {
	user, err := models.Users().One(ctx, db)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return user, err
}

func Taken(ctx context.Context, db boil.ContextExecutor) (bool, error) {
	n, err := models.Users().Count(ctx, db)
	return n > 0, err
}
