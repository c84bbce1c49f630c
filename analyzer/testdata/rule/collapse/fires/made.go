package fires

import (
	"context"

	"github.com/docker/docker/client"
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

func badRequest(text string) error { return newError(400, text) }

func ShowContainer(ctx context.Context, cli *client.Client, id string) replier {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		return respond(404, "no such container") // want `ShowContainer: answers status 404, as for a container that does not exist, when ContainerInspect times out \(collapse\)`
	}
	return respond(200, info.Name)
}

func StopContainer(ctx context.Context, cli *client.Client, id string) error {
	_, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		return badRequest("no valid id") // want `StopContainer: answers status 400, as for a container that does not exist, .* \(collapse\)`
	}
	return cli.ContainerPause(ctx, id)
}

func DroppedReply(ctx context.Context, cli *client.Client, id string) replier {
	info, _ := cli.ContainerInspect(ctx, id) // want `DroppedReply: drops the error of ContainerInspect and answers status 404, .* \(discard\)`
	if info.ContainerJSONBase == nil {
		return respond(404, "no such container")
	}
	return respond(200, info.Name)
}

// A Code says what became of a call.
type Code int

const (
	CodeInternal Code = iota + 1
	CodeNotFound
)

type codedError struct {
	code Code
	text string
}

func (e *codedError) Error() string { return e.text }

func coded(c Code, text string) error { return &codedError{c, text} }

func Coded(ctx context.Context, cli *client.Client, id string) (string, error) {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		return "", coded(CodeNotFound, "it is not here") // want `Coded: answers \("", .*\), as for a container that does not exist, .* \(collapse\)`
	}
	return info.Name, nil
}

func CodedRight(ctx context.Context, cli *client.Client, id string) (string, error) {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		return "", coded(CodeInternal, "it does not answer")
	}
	return info.Name, nil
}
