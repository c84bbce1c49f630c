package silent

import (
	"context"
	"os"

	"github.com/docker/docker/api/types/image"
	"github.com/docker/docker/client"
)

// The folder is the function's own.
func unpacked(ctx context.Context, cli *client.Client, id string) (string, error) {
	dir, err := os.MkdirTemp("", "unpacked")
	if err != nil {
		return "", err
	}
	if _, err := cli.ImageInspect(ctx, id); err != nil {
		os.RemoveAll(dir)
		return "", err
	}
	return dir, nil
}

// It is removed whatever is answered.
func cleared(ctx context.Context, cli *client.Client, dir string) int {
	defer os.RemoveAll(dir)
	images, err := cli.ImageList(ctx, image.ListOptions{})
	if err != nil {
		return -1
	}
	return len(images)
}
