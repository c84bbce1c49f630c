// Package fires asks through the Container Runtime Interface.
package fires

import (
	"context"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	runtime "k8s.io/cri-api/pkg/apis/runtime/v1"
)

func Exists(ctx context.Context, cli runtime.RuntimeServiceClient, id string) bool {
	_, err := cli.ContainerStatus(ctx, &runtime.ContainerStatusRequest{ContainerId: id})
	return err == nil // want `Exists: answers false, .* when ContainerStatus times out \(collapse\)`
}

func Unavailable(ctx context.Context, cli runtime.RuntimeServiceClient, id string) (bool, error) {
	_, err := cli.ContainerStatus(ctx, &runtime.ContainerStatusRequest{ContainerId: id})
	if status.Code(err) != codes.NotFound && err != nil {
		return false, nil // want `Unavailable: answers \(false, nil\), .* \(collapse\)`
	}
	return err == nil, nil
}
