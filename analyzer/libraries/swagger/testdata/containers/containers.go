// Package containers has the shape of a client that go-swagger generates.
package containers

import (
	"fmt"

	"github.com/go-openapi/runtime"
)

type (
	Client                   struct{ transport runtime.ClientTransport }
	ClientOption             func(*runtime.ClientOperation)
	ContainerInspectParams   struct{ Name string }
	ContainerListParams      struct{ All bool }
	ContainerDeleteParams    struct{ Name string }
	ContainerCreateParams    struct{ Name string }
	ContainerRenameParams    struct{ Name string }
	ContainerInspectOK       struct{ Payload *State }
	ContainerListOK          struct{ Payload []*State }
	ContainerDeleteOK        struct{}
	ContainerCreateCreated   struct{}
	ContainerRenameOK        struct{}
	ContainerInspectNotFound struct{ Message string }
	State                    struct {
		ID      string
		Running bool
	}
)

func (e *ContainerInspectNotFound) Error() string { return fmt.Sprintf("[404] %s", e.Message) }

func (c *Client) submit(id string) (any, error) {
	return c.transport.Submit(&runtime.ClientOperation{ID: id})
}

func (c *Client) ContainerInspect(params *ContainerInspectParams, opts ...ClientOption) (*ContainerInspectOK, error) {
	result, err := c.submit(params.Name)
	if err != nil {
		return nil, err
	}
	return result.(*ContainerInspectOK), nil
}

func (c *Client) ContainerList(params *ContainerListParams, opts ...ClientOption) (*ContainerListOK, error) {
	result, err := c.submit("list")
	if err != nil {
		return nil, err
	}
	return result.(*ContainerListOK), nil
}

func (c *Client) ContainerDelete(params *ContainerDeleteParams, opts ...ClientOption) (*ContainerDeleteOK, error) {
	_, err := c.submit(params.Name)
	return nil, err
}

func (c *Client) ContainerCreate(params *ContainerCreateParams, opts ...ClientOption) (*ContainerCreateCreated, error) {
	_, err := c.submit(params.Name)
	return nil, err
}

func (c *Client) ContainerRename(params *ContainerRenameParams, opts ...ClientOption) (*ContainerRenameOK, error) {
	_, err := c.submit(params.Name)
	return nil, err
}
