package silent

import (
	"context"
	"errors"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

var errTaken = errors.New("the name is taken")

// The fault is answered.
func nameIsFree(ctx context.Context, cli *client.Client, name string) (bool, error) {
	j, err := cli.ContainerInspect(ctx, name)
	if err != nil && !errdefs.IsNotFound(err) {
		return false, err
	}
	if j.ContainerJSONBase != nil && j.ID != "" {
		return false, errTaken
	}
	return true, nil
}

// The labels are looked for, or nothing is made.
func recreate(ctx context.Context, cli *client.Client, old, name string) error {
	config := &container.Config{}
	list, err := cli.ContainerList(ctx, container.ListOptions{})
	if err != nil {
		return err
	}
	if len(list) > 0 {
		config.Labels = list[0].Labels
	}
	_, err = cli.ContainerCreate(ctx, config, nil, nil, nil, name)
	return err
}
