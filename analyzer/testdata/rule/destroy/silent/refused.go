package silent

import (
	"context"
	"errors"
	"log"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

// What somebody else fails of is no refusal of the container that is there: it is restarted, too.
func Rename(ctx context.Context, cli *client.Client, id, name string) error {
	j, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		log.Printf("the old name is not known: %v", err)
	} else if err := note(ctx, j.Name); err != nil {
		return err
	}
	return cli.ContainerRestart(ctx, id, container.StopOptions{})
}

func note(ctx context.Context, name string) error {
	if name == "" {
		return errors.New("a name is missing")
	}
	return ctx.Err()
}
