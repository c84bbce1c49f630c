// Package fires acts on what nobody here can see the inside of.
package fires

import (
	"context"
	"errors"
	"log"
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

// Roles answers through its last parameter, and whether there is one.
type Roles interface {
	LoadRole(ctx context.Context, id string, into *User) error
	GetRole(ctx context.Context, id string) (*User, bool, error)
	CountRoles(ctx context.Context, id string) (int64, error)
	UpdateRoleCount(ctx context.Context, id string, n int64) error
	PutRole(ctx context.Context, u *User) error
}

func RoleName(ctx context.Context, roles Roles, id string) (string, error) {
	var u User
	if err := roles.LoadRole(ctx, id, &u); err != nil {
		return "", nil // want `RoleName: answers \("", nil\), as for a User that does not exist, when fires\.LoadRole of a User times out \(empty\)`
	}
	return "role " + u.Name, nil
}

func RoleFree(ctx context.Context, roles Roles, id string) (*User, error) {
	_, exists, err := roles.GetRole(ctx, id)
	if err != nil {
		return nil, nil // want `RoleFree: answers \(nil, nil\), as for a User that does not exist, .* \(collapse\)`
	}
	if exists {
		return nil, errors.New("taken")
	}
	return nil, nil
}

func AddRole(ctx context.Context, roles Roles, u *User) error {
	if existing, _, _ := roles.GetRole(ctx, u.Name); existing != nil { // want `AddRole: drops the error of fires\.GetRole of a User and decides by the value beside it, .* \(discard\)`
		return errors.New("taken")
	}
	return roles.PutRole(ctx, u)
}

func Recount(ctx context.Context, roles Roles, id string) error {
	n, err := roles.CountRoles(ctx, id) // want `Recount: goes on after the error of fires\.CountRoles and hands what came beside it to UpdateRoleCount, as for something that does not exist, when fires\.CountRoles times out \(discard\)`
	if err != nil {
		log.Print(err)
	}
	return roles.UpdateRoleCount(ctx, id, n)
}
