// Package fires takes a database that does not answer for a row that is not there.
package fires

import (
	"context"

	"github.com/aarondl/sqlboiler/v4/boil"

	"testdata/models"
)

func Find(ctx context.Context, db boil.ContextExecutor) *models.User {
	user, err := models.Users().One(ctx, db)
	if err != nil {
		return nil // want `Find: answers nil, as for a row that does not exist, when One \(Bind\) times out \(collapse\)`
	}
	return user
}

func Taken(ctx context.Context, db boil.ContextExecutor) bool {
	n, err := models.Users().Count(ctx, db)
	return err == nil && n > 0 // want `Taken: answers false, as for a row that does not exist, .* \(collapse\)`
}
