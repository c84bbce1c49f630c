// Package possible makes a second object, which may be refused, or a note of the failure.
package possible

import (
	"context"

	"github.com/hetznercloud/hcloud-go/v2/hcloud"
)

type User struct{ Name string }

// Users is a port: what implements it stands in a package that imports this one.
type Users interface {
	GetUser(ctx context.Context, id string) (*User, error)
	CreateUser(ctx context.Context, u *User) error
}

func Register(ctx context.Context, users Users, id string) error {
	if u, err := users.GetUser(ctx, id); err == nil && u != nil {
		return nil
	}
	return users.CreateUser(ctx, &User{}) // want `Register: calls CreateUser, as for a User that does not exist, .* \(destroy, possible\)`
}

func Replace(ctx context.Context, client *hcloud.Client, id int64) error {
	server, _, err := client.Server.GetByID(ctx, id)
	if err != nil || server == nil {
		_, _, err = client.Server.Create(ctx, hcloud.ServerCreateOpts{}) // want `Replace: calls Create, as for a Server that does not exist, when hcloud.GetByID of a Server times out \(destroy, possible\)`
		return err
	}
	return nil
}
