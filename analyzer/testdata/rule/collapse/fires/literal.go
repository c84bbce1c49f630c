package fires

import (
	"context"

	"github.com/docker/docker/client"
)

// Functions without a name of their own.
var isUp = func(ctx context.Context, cli *client.Client, id string) bool {
	_, err := cli.ContainerInspect(ctx, id)
	return err == nil // want `^func literal: answers false, as for a container that does not exist, when ContainerInspect times out \(collapse\)$`
}

var probes = map[string]func(context.Context, *client.Client, string) bool{
	"image": func(ctx context.Context, cli *client.Client, id string) bool {
		_, _, err := cli.ImageInspectWithRaw(ctx, id)
		return err == nil // want `^func literal: answers false, .*\(collapse\)$`
	},
}
