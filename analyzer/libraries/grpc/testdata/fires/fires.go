// Package fires takes a server that does not answer for one that has nothing.
package fires

import (
	"context"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
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

// failed answers a code beside a reply with nothing in it.
func failed(code codes.Code, text string) (*Volume, error) {
	return &Volume{}, status.Error(code, text)
}

func Expand(ctx context.Context, client VolumeClient, name string) (*Volume, error) {
	v, err := client.GetVolume(ctx, &name)
	if err != nil {
		return failed(codes.NotFound, "there is no such volume") // want `Expand: answers \(\.\.\., "not found"\), as for a Volume that does not exist, when GetVolume of a Volume times out \(collapse\)`
	}
	return v, nil
}
