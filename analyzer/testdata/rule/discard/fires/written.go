package fires

import (
	"context"
	"errors"
	"log"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

var errTaken = errors.New("the name is taken")

// A container that is there has an ID, so that only a fault leads on.
func nameIsFree(ctx context.Context, cli *client.Client, name string) (bool, error) {
	j, _ := find(ctx, cli, name) // want `nameIsFree: drops the error of find \(ContainerInspect\) and answers \(true, nil\), as for a container that does not exist, when find \(ContainerInspect\) times out \(discard\)`
	if j.ID != "" {
		return false, errTaken
	}
	return true, nil
}

// A part of what the engine says.
type summary struct {
	ID    string
	Image string
}

func find(ctx context.Context, cli *client.Client, name string) (summary, error) {
	j, err := cli.ContainerInspect(ctx, name)
	if err != nil {
		return summary{}, err
	}
	return summary{ID: j.ID, Image: j.Image}, nil
}

// The new container lacks the labels of the old one: only a line in a log says so.
func recreate(ctx context.Context, cli *client.Client, old, name string) error {
	config := &container.Config{}
	list, err := cli.ContainerList(ctx, container.ListOptions{}) // want `recreate: goes on after the error of ContainerList and calls ContainerCreate without what that answers, as for a container that does not exist, when ContainerList times out \(discard\)`
	if err != nil {
		log.Printf("the containers cannot be listed: %v", err)
	}
	if len(list) > 0 {
		config.Labels = list[0].Labels
	}
	_, err = cli.ContainerCreate(ctx, config, nil, nil, nil, name)
	return err
}
