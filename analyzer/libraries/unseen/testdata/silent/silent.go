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

type Roles interface {
	LoadRole(ctx context.Context, id string, into *User) error
	GetRole(ctx context.Context, id string) (*User, bool, error)
	CountRoles(ctx context.Context, id string) (int64, error)
	UpdateRoleCount(ctx context.Context, id string, n int64) error
	PutRole(ctx context.Context, u *User) error
	// It is handed a context and a pointer to what is looked for, and to nothing else.
	GetReady(ctx context.Context, u *User) error
}

func RoleName(ctx context.Context, roles Roles, id string) (string, error) {
	var u User
	if err := roles.LoadRole(ctx, id, &u); err != nil && !errors.Is(err, ErrNotFound) {
		return "", err
	}
	return "role " + u.Name, nil
}

func RoleFree(ctx context.Context, roles Roles, id string) (*User, error) {
	_, exists, err := roles.GetRole(ctx, id)
	if err != nil {
		return nil, err
	}
	if exists {
		return nil, errors.New("taken")
	}
	return nil, nil
}

func AddRole(ctx context.Context, roles Roles, u *User) error {
	existing, _, err := roles.GetRole(ctx, u.Name)
	if err != nil {
		return err
	}
	if existing != nil {
		return errors.New("taken")
	}
	return roles.PutRole(ctx, u)
}

// What could not be counted is not written.
func Recount(ctx context.Context, roles Roles, id string) error {
	n, err := roles.CountRoles(ctx, id)
	if err != nil {
		return nil
	}
	return roles.UpdateRoleCount(ctx, id, n)
}

// Something else is written, whatever the count is.
func Touch(ctx context.Context, roles Roles, id string) error {
	n, err := roles.CountRoles(ctx, id)
	if err != nil {
		fmt.Println(n, err)
	}
	return roles.UpdateRoleCount(ctx, id, 1)
}

func Prepare(ctx context.Context, roles Roles, u *User) string {
	if roles.GetReady(ctx, u) != nil {
		return "later"
	}
	return "now"
}
