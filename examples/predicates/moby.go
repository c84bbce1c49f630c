package predicates

import (
	"context"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/client"
)

// Moby is IsRunning by the client of github.com/moby/moby.
func Moby(ctx context.Context, host, id string) (bool, error) {
	cli, err := client.New(client.WithHost(host))
	if err != nil {
		return true, err
	}
	defer cli.Close()
	info, err := cli.ContainerInspect(ctx, id, client.ContainerInspectOptions{})
	if errdefs.IsNotFound(err) && err.Error() == "Error response from daemon: No such container: "+id {
		return false, nil
	}
	if err != nil {
		return true, err
	}
	if info.Container.State == nil {
		return true, errAnswer
	}
	return runs(string(info.Container.State.Status))
}
