// Package fires takes a busy database for an empty one.
package fires

import (
	"context"

	"ent.example/ent"
	"ent.example/ent/user"
)

func Taken(ctx context.Context, client *ent.Client, name string) bool {
	_, err := client.User.Query().Where(user.Name(name)).Only(ctx)
	return err == nil // want `Taken: answers false, as for a row that does not exist, when Only times out \(collapse\)`
}

func Exists(ctx context.Context, client *ent.Client, name string) (bool, error) {
	found, err := client.User.Query().Where(user.Name(name)).Exist(ctx)
	if err != nil {
		return false, nil // want `Exists: answers \(false, nil\), .* when Exist times out \(collapse\)`
	}
	return found, nil
}

func Names(ctx context.Context, client *ent.Client) ([]*ent.User, error) {
	users, err := client.User.Query().All(ctx)
	if err != nil {
		return nil, nil // want `Names: answers \(nil, nil\), .* when All times out \(empty\)`
	}
	return users, nil
}
