// Package usescgo calls C beside the client.
package usescgo

// static int one(void) { return 1; }
import "C"

import (
	"context"

	"github.com/docker/docker/client"
)

func One(ctx context.Context, cli *client.Client, id string) (int, error) {
	_, err := cli.ContainerInspect(ctx, id)
	return int(C.one()), err
}
