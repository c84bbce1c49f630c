// Package fires acts on what nobody here can see the inside of.
package fires

import (
	"context"
	"errors"

	"github.com/hetznercloud/hcloud-go/v2/hcloud"
)

type User struct{ Name string }

// Users is a port: what implements it stands in a package that imports this one.
type Users interface {
	GetUser(ctx context.Context, id string) (*User, error)
	ListUsers(ctx context.Context) ([]User, error)
	CreateUser(ctx context.Context, u *User) error
	DeleteUser(ctx context.Context, id string) error
}

func Exists(ctx context.Context, users Users, id string) bool {
	_, err := users.GetUser(ctx, id)
	return err == nil // want `Exists: answers false, as for a User that does not exist, when fires.GetUser of a User times out \(collapse\)`
}

func Register(ctx context.Context, users Users, id string) error {
	if u, err := users.GetUser(ctx, id); err == nil && u != nil {
		return nil
	}
	return users.CreateUser(ctx, &User{}) // want `Register: calls CreateUser, as for a User that does not exist, .* \(destroy\)`
}

func NameFree(ctx context.Context, users Users, id string) error {
	if _, err := users.GetUser(ctx, id); err != nil {
		return nil // want `NameFree: answers nil, as for a User that does not exist, .* \(collapse\)`
	}
	return errors.New("taken")
}

func Named(ctx context.Context, users Users, id string) (*User, error) {
	u, err := users.GetUser(ctx, id)
	if err != nil {
		return nil, errors.New("user not found") // want `Named: answers \(nil, "user not found"\), as for a User that does not exist, .* \(collapse\)`
	}
	return u, nil
}

func Replace(ctx context.Context, client *hcloud.Client, id int64) error {
	server, _, err := client.Server.GetByID(ctx, id)
	if err != nil || server == nil {
		_, _, err = client.Server.Create(ctx, hcloud.ServerCreateOpts{}) // want `Replace: calls Create, as for a Server that does not exist, when hcloud.GetByID of a Server times out \(destroy\)`
		return err
	}
	return nil
}
