package fires

import (
	"context"
	"errors"

	"github.com/docker/docker/api/types/volume"
	"github.com/docker/docker/client"
)

// One text is looked for, and whatever else is wrong is not.
func OnlyOne(ctx context.Context, cli *client.Client, name string) (*volume.Volume, error) {
	found, err := cli.VolumeInspect(ctx, name)
	if err != nil && err.Error() == "get "+name+": no such volume" {
		return nil, errors.New("it is not there")
	}
	return &found, nil // want `OnlyOne: answers \(&volume.Volume{}, nil\), .* \(empty\)`
}
