package realengine

import (
	"strings"
	"testing"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

// TestCloseTells closes an engine whose image somebody else uses: it is still there,
// and Close says so.
func TestCloseTells(t *testing.T) {
	t.Parallel()
	e := open(t)
	made, err := e.ContainerCreate(t.Context(), &container.Config{Image: e.Image, Labels: map[string]string{label: "another"}}, nil, nil, nil, e.Prefix()+"foreign")
	if err != nil {
		t.Fatal(err)
	}
	if err := e.ContainerStart(t.Context(), made.ID, container.StartOptions{}); err != nil {
		t.Fatal(err)
	}
	err = e.Close()
	if err == nil || !strings.Contains(err.Error(), "image ") || !strings.Contains(err.Error(), "is still there") {
		t.Errorf("Close = %v, want that the image is still there", err)
	}
	// What Close removes is that of a run: another connection removes the rest of it.
	again, err := client.NewClientWithOpts(client.FromEnv, client.WithAPIVersionNegotiation())
	if err != nil {
		t.Fatal(err)
	}
	e.Client = again
	if err := again.ContainerRemove(t.Context(), made.ID, container.RemoveOptions{Force: true, RemoveVolumes: true}); err != nil {
		t.Fatal(err)
	}
	if err := e.Close(); err != nil {
		t.Error(err)
	}
}
