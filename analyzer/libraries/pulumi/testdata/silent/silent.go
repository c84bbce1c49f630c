// Package silent reads, and says so when it could not.
package silent

import (
	"context"
	"errors"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
)

type inputs struct{ Size int }

type state struct{ Size int }

var errNotFound = errors.New("no such bucket")

type service interface {
	DescribeBucket(ctx context.Context, name string) (*state, error)
}

type bucket struct{ service service }

func (b bucket) Read(ctx context.Context, req infer.ReadRequest[inputs, state]) (infer.ReadResponse[inputs, state], error) {
	found, err := b.service.DescribeBucket(ctx, req.ID)
	if errors.Is(err, errNotFound) {
		return infer.ReadResponse[inputs, state]{}, nil
	}
	if err != nil {
		return infer.ReadResponse[inputs, state]{}, err
	}
	return infer.ReadResponse[inputs, state]{ID: req.ID, State: *found}, nil
}

func read(ctx context.Context, s service, req p.ReadRequest) (p.ReadResponse, error) {
	if _, err := s.DescribeBucket(ctx, req.ID); err != nil {
		return p.ReadResponse{}, err
	}
	return p.ReadResponse{ID: req.ID}, nil
}
