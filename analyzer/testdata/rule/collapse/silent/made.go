package silent

import (
	"context"

	"github.com/docker/docker/client"
	"github.com/docker/docker/errdefs"
)

// A reply is an object of one's own that the caller sends.
type reply struct {
	Code int
	Text string
}

type replier interface{ code() int }

func (r reply) code() int { return r.Code }

func respond(code int, text string) replier { return reply{code, text} }

type httpError struct {
	status int
	text   string
}

func (e *httpError) Error() string { return e.text }

func newError(status int, text string) error { return &httpError{status, text} }

func failed(text string) error { return newError(500, text) }

// The server itself failed.
func showFailed(ctx context.Context, cli *client.Client, id string) replier {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		return respond(500, "cannot ask")
	}
	return respond(200, info.Name)
}

func errFailed(ctx context.Context, cli *client.Client, id string) error {
	_, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		return failed("cannot ask")
	}
	return cli.ContainerPause(ctx, id)
}

// Absence is told from a fault.
func showGated(ctx context.Context, cli *client.Client, id string) replier {
	info, err := cli.ContainerInspect(ctx, id)
	switch {
	case errdefs.IsNotFound(err):
		return respond(404, "no such container")
	case err != nil:
		return respond(503, "cannot ask")
	}
	return respond(200, info.Name)
}

// Who is not let in is refused.
func showRefused(ctx context.Context, cli *client.Client, id string) replier {
	info, _ := cli.ContainerInspect(ctx, id)
	if info.ContainerJSONBase == nil {
		return respond(403, "not yours")
	}
	return respond(200, info.Name)
}
