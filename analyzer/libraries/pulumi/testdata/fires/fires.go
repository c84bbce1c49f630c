// Package fires drops from the state what it could not read.
package fires

import (
	"context"

	p "github.com/pulumi/pulumi-go-provider"
	"github.com/pulumi/pulumi-go-provider/infer"
)

type inputs struct{ Size int }

type state struct{ Size int }

type service interface {
	DescribeBucket(ctx context.Context, name string) (*state, error)
}

type bucket struct{ service service }

func (b bucket) Read(ctx context.Context, req infer.ReadRequest[inputs, state]) (infer.ReadResponse[inputs, state], error) {
	found, err := b.service.DescribeBucket(ctx, req.ID)
	if err != nil {
		p.GetLogger(ctx).Warning(err.Error())
		return infer.ReadResponse[inputs, state]{}, nil // want `Read: answers .* as for .* that does not exist, when fires\.DescribeBucket .*times out \(empty\)`
	}
	return infer.ReadResponse[inputs, state]{ID: req.ID, State: *found}, nil
}

func read(ctx context.Context, s service, req p.ReadRequest) (p.ReadResponse, error) {
	if _, err := s.DescribeBucket(ctx, req.ID); err != nil {
		return p.ReadResponse{}, nil // want `read: answers .* when fires\.DescribeBucket .*times out \(empty\)`
	}
	return p.ReadResponse{ID: req.ID}, nil
}
