package fires

import (
	"context"
	"net/http"

	"github.com/docker/docker/client"
)

// A responder is what go-swagger has a handler answer.
type responder interface {
	WriteResponse(w http.ResponseWriter, producer any)
}

type showOK struct{ name string }

func (showOK) WriteResponse(http.ResponseWriter, any) {}

type showNotFound struct{}

func (*showNotFound) WriteResponse(http.ResponseWriter, any) {}

func NewShowNotFound() *showNotFound { return &showNotFound{} }

type showInternalServerError struct{}

func (*showInternalServerError) WriteResponse(http.ResponseWriter, any) {}

func NewShowInternalServerError() *showInternalServerError { return &showInternalServerError{} }

func ShowSwagger(ctx context.Context, cli *client.Client, id string) responder {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		return NewShowNotFound() // want `ShowSwagger: answers status 404, as for a container that does not exist, when ContainerInspect times out \(collapse\)`
	}
	return &showOK{info.Name}
}

func FailSwagger(ctx context.Context, cli *client.Client, id string) responder {
	info, err := cli.ContainerInspect(ctx, id)
	if client.IsErrNotFound(err) {
		return NewShowNotFound()
	}
	if err != nil {
		return NewShowInternalServerError()
	}
	return &showOK{info.Name}
}
