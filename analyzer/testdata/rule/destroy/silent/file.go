package silent

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

func collected(ctx context.Context, cli *client.Client, id, dir string) error {
	_, err := os.Stat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return cli.ContainerRemove(ctx, id, container.RemoveOptions{})
	}
	return err
}

// What cannot be read is written anew: a file is all that is lost.
func stamped(ctx context.Context, cli *client.Client, id, path string) error {
	if _, err := os.ReadFile(path); err != nil {
		os.RemoveAll(path)
		return os.WriteFile(path, []byte(id), 0o600)
	}
	return cli.ContainerRemove(ctx, id, container.RemoveOptions{})
}

// It is removed whatever stands in the file.
func dropped(ctx context.Context, cli *client.Client, path, id string) error {
	if data, err := os.ReadFile(path); err == nil {
		id = string(data)
	}
	return cli.ContainerRemove(ctx, id, container.RemoveOptions{})
}
