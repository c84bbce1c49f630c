// Package hands hands its errors to functions of a package that asks nobody.
package hands

import (
	"context"
	"log/slog"

	"github.com/docker/docker/client"

	"testdata/fact/hears"
)

func Logged(ctx context.Context, cli *client.Client, id string) bool {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		slog.Error("inspect", hears.Attr(err))
		return false // want `Logged: answers false, as for a container that does not exist, when ContainerInspect times out \(collapse\)`
	}
	return info.State.Running
}

func Kept(ctx context.Context, cli *client.Client, id string) bool {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		hears.Keep(err)
		return false
	}
	return info.State.Running
}
