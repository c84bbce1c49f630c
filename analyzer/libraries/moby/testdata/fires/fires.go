// Package fires asks through moby/moby/client.
package fires

import (
	"context"

	"github.com/moby/moby/client"
)

func Exists(ctx context.Context, cli client.APIClient, id string) bool {
	_, err := cli.ContainerInspect(ctx, id, client.ContainerInspectOptions{})
	return err == nil // want `Exists: answers false, .* when ContainerInspect times out \(collapse\)`
}

func Any(ctx context.Context, cli *client.Client) bool {
	list, _ := cli.ContainerList(ctx, client.ContainerListOptions{}) // want `Any: drops the error of ContainerList .* \(discard\)`
	return len(list.Items) > 0
}
