// Package silent asks for the code.
package silent

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

func VolumeExists(ctx context.Context, client VolumeClient, name string) (bool, error) {
	_, err := client.GetVolume(ctx, &name)
	if status.Code(err) == codes.NotFound {
		return false, nil
	}
	return err == nil, err
}

// failed answers a code beside a reply with nothing in it.
func failed(code codes.Code, text string) (*Volume, error) {
	return &Volume{}, status.Error(code, text)
}

func Expand(ctx context.Context, client VolumeClient, name string) (*Volume, error) {
	v, err := client.GetVolume(ctx, &name)
	if err != nil {
		return failed(codes.Internal, "the volume cannot be read")
	}
	return v, nil
}
