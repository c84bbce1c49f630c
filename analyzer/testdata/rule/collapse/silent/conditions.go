package silent

import (
	"context"

	"github.com/docker/docker/client"
)

// Functions and methods that are conditions of a poll, and nothing else: false is "not yet".
type waiting struct {
	cli *client.Client
	id  string
}

func (w *waiting) up() bool {
	_, err := w.cli.ContainerInspect(context.Background(), w.id)
	return err == nil
}

func (w *waiting) Start() error { return keepAsking(w.up, 5) }

func keepAsking(ready func() bool, attempts int) error {
	for range attempts {
		if ready() {
			return nil
		}
	}
	return context.DeadlineExceeded
}
