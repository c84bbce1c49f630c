// Package silent asks through the Container Runtime Interface.
package silent

import (
	"context"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	runtime "k8s.io/cri-api/pkg/apis/runtime/v1"
)

func Exists(ctx context.Context, cli runtime.RuntimeServiceClient, id string) (bool, error) {
	_, err := cli.ContainerStatus(ctx, &runtime.ContainerStatusRequest{ContainerId: id})
	if status.Code(err) == codes.NotFound {
		return false, nil
	}
	return true, err
}

func Remove(ctx context.Context, cli runtime.RuntimeServiceClient, id string) error {
	_, err := cli.ContainerStatus(ctx, &runtime.ContainerStatusRequest{ContainerId: id})
	if status.Code(err) == codes.NotFound {
		return nil
	}
	_, err = cli.RemoveContainer(ctx, &runtime.RemoveContainerRequest{ContainerId: id})
	return err
}
