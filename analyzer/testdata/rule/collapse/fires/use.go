package fires

import (
	"context"

	"github.com/docker/docker/client"
)

// What a test does on an answer is no use of it: it is not safe because a test removes what it
// finds.
func Started(ctx context.Context, cli *client.Client, id string) bool {
	info, err := cli.ContainerInspect(ctx, id)
	return err == nil && info.State.Running // want `Started: answers false, as for a container that does not exist, when ContainerInspect times out \(collapse\)`
}
