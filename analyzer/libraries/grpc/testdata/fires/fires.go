// Package fires takes a server that does not answer for one that has nothing.
package fires

import (
	"context"

	"google.golang.org/grpc"
)

type VolumeClient interface {
	GetVolume(ctx context.Context, in *string, opts ...grpc.CallOption) (*Volume, error)
	ListVolumes(ctx context.Context, in *string, opts ...grpc.CallOption) (*Volume, error)
	FindVolume(ctx context.Context, in *string, opts ...grpc.CallOption) (*Volume, error)
	LookupVolume(ctx context.Context, in *string, opts ...grpc.CallOption) (*Volume, error)
	DescribeVolume(ctx context.Context, in *string, opts ...grpc.CallOption) (*Volume, error)
	ExistsVolume(ctx context.Context, in *string, opts ...grpc.CallOption) (*Volume, error)
	DeleteVolume(ctx context.Context, in *string, opts ...grpc.CallOption) (*Volume, error)
	RemoveVolume(ctx context.Context, in *string, opts ...grpc.CallOption) (*Volume, error)
}

type Volume struct{ Name string }

func VolumeExists(ctx context.Context, client VolumeClient, name string) bool {
	_, err := client.GetVolume(ctx, &name)
	return err == nil // want `VolumeExists: answers false, as for a Volume that does not exist, when GetVolume of a Volume times out \(collapse\)`
}
