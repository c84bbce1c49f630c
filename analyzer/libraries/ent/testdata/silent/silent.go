// Package silent tells a busy database from an empty one.
package silent

import (
	"context"

	"ent.example/ent"
	"ent.example/ent/user"
)

func Taken(ctx context.Context, client *ent.Client, name string) (bool, error) {
	_, err := client.User.Query().Where(user.Name(name)).Only(ctx)
	if ent.IsNotFound(err) {
		return false, nil
	}
	return err == nil, err
}

func Exists(ctx context.Context, client *ent.Client, name string) (bool, error) {
	return client.User.Query().Where(user.Name(name)).Exist(ctx)
}

func Add(ctx context.Context, client *ent.Client, name string) error {
	n, err := client.User.Query().Where(user.Name(name)).Count(ctx)
	if err != nil {
		return err
	}
	if n == 0 {
		return client.User.Create().SetName(name).Exec(ctx)
	}
	return nil
}

// IsAdmin refuses who cannot be looked up.
func IsAdmin(ctx context.Context, client *ent.Client, id int) bool {
	u, err := client.User.Get(ctx, id)
	return err == nil && u.Name == "root"
}
