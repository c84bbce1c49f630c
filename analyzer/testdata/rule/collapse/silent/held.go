package silent

import (
	"context"

	"github.com/docker/docker/client"
)

func idOf(ctx context.Context, cli *client.Client, id string) (string, error) {
	j, err := cli.ContainerInspect(ctx, id)
	return j.ID, err
}

func valid(ctx context.Context, cli *client.Client, id string) (string, error) { return id, nil }

// A variable that holds one of two functions: nobody knows which.
var either = idOf

func onlyParse() { either = valid }

func eitherExists(ctx context.Context, cli *client.Client, id string) bool {
	_, err := either(ctx, cli, id)
	return err == nil
}

// Anybody can store to an exported one.
var Open = idOf

func openExists(ctx context.Context, cli *client.Client, id string) bool {
	_, err := Open(ctx, cli, id)
	return err == nil
}

// What a variable holds that asks nobody.
var check = valid

func checked(ctx context.Context, cli *client.Client, id string) bool {
	_, err := check(ctx, cli, id)
	return err == nil
}

// Who is handed its address may store something else.
var swapped = idOf

func init() { swap(&swapped) }

func swap(f *func(ctx context.Context, cli *client.Client, id string) (string, error)) { *f = valid }

func swappedExists(ctx context.Context, cli *client.Client, id string) bool {
	_, err := swapped(ctx, cli, id)
	return err == nil
}
