package fires

import (
	"context"
	"os"

	"github.com/docker/docker/client"
)

// What no image is seen to need is removed, and an image that could not be asked needs nothing.
func pruneLayers(ctx context.Context, cli *client.Client, images []string, layers []string) error {
	needed := map[string]bool{}
	for _, id := range images {
		inspect, err := cli.ImageInspect(ctx, id)
		if err != nil {
			continue
		}
		for _, layer := range inspect.RootFS.Layers {
			needed[layer] = true
		}
	}
	for _, layer := range layers {
		if !needed[layer] {
			if err := dropLayer(layer); err != nil { // want `pruneLayers: calls RemoveAll, by dropLayer, as for an image that does not exist, when ImageInspect times out \(destroy\)`
				return err
			}
		}
	}
	return nil
}

func dropLayer(layer string) error { return os.RemoveAll(layer) }
