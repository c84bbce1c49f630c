package fires

import (
	"context"

	"github.com/docker/docker/client"
)

// A variable that holds one function, so that a test can put another in its place.
var inspect = inspectByClient

func inspectByClient(ctx context.Context, cli *client.Client, id string) (string, error) {
	j, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		return "", err
	}
	return j.ID, nil
}

func heldExists(ctx context.Context, cli *client.Client, id string) bool {
	_, err := inspect(ctx, cli, id)
	return err == nil // want `heldExists: answers false, as for a container that does not exist, when inspectByClient \(ContainerInspect\) times out \(collapse\)`
}

// A field of a package's own struct, that its constructor alone stores to.
type prober struct {
	ask func(ctx context.Context, cli *client.Client, id string) (string, error)
}

func newProber() *prober { return &prober{ask: inspectByClient} }

func (p *prober) Exists(ctx context.Context, cli *client.Client, id string) bool {
	_, err := p.ask(ctx, cli, id)
	return err == nil // want `Exists: answers false, as for a container that does not exist, when inspectByClient \(ContainerInspect\) times out \(collapse\)`
}
