// Package silent asks what nobody here can see the inside of, and tells of a fault.
package silent

import (
	"context"
	"errors"
	"fmt"

	"github.com/hetznercloud/hcloud-go/v2/hcloud"
)

var ErrNotFound = errors.New("there is none")

type User struct{ Name string }

type Users interface {
	GetUser(ctx context.Context, id string) (*User, error)
	DeleteUser(ctx context.Context, id string) error
	CreateUser(ctx context.Context, u *User) error
	// These ask nobody, or say nothing beside an error.
	GetName(id string) (string, error)
	Format(ctx context.Context, u *User) (string, error)
	Getter(ctx context.Context) (string, error)
}

func Exists(ctx context.Context, users Users, id string) (bool, error) {
	_, err := users.GetUser(ctx, id)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

func Register(ctx context.Context, users Users, id string) error {
	switch _, err := users.GetUser(ctx, id); {
	case err == nil:
		return nil
	case !errors.Is(err, ErrNotFound):
		return err
	}
	return users.CreateUser(ctx, &User{})
}

func NameFree(ctx context.Context, users Users, id string) error {
	_, err := users.GetUser(ctx, id)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return errors.New("taken")
}

func Named(ctx context.Context, users Users, id string) (*User, error) {
	u, err := users.GetUser(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("user not found: %w", err)
	}
	if u == nil {
		return nil, errors.New("user not found")
	}
	return u, nil
}

// IsAdmin refuses who cannot be looked up.
func IsAdmin(ctx context.Context, users Users, id string) bool {
	u, err := users.GetUser(ctx, id)
	return err == nil && u.Name == "root"
}

func Local(ctx context.Context, users Users, id string) string {
	name, err := users.GetName(id)
	if err != nil {
		return ""
	}
	if text, err := users.Format(ctx, nil); err == nil {
		return text
	}
	if text, err := users.Getter(ctx); err == nil {
		return text
	}
	return name
}

func Ensure(ctx context.Context, client *hcloud.Client, id int64) error {
	server, _, err := client.Server.GetByID(ctx, id)
	if err != nil {
		return err
	}
	if server == nil {
		_, _, err = client.Server.Create(ctx, hcloud.ServerCreateOpts{})
	}
	return err
}
