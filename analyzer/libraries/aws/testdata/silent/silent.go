// Package silent asks AWS what sort of error it is.
package silent

import (
	"context"
	"errors"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"
)

func BucketExists(ctx context.Context, client *s3.Client, bucket string) (bool, error) {
	_, err := client.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: &bucket})
	var missing *types.NotFound
	if errors.As(err, &missing) {
		return false, nil
	}
	return err == nil, err
}

func Enforce(ctx context.Context, client *s3.Client, bucket, policy string) error {
	_, err := client.GetBucketPolicy(ctx, &s3.GetBucketPolicyInput{Bucket: &bucket})
	var api smithy.APIError
	if errors.As(err, &api) && api.ErrorCode() == "NoSuchBucketPolicy" {
		_, err = client.PutBucketPolicy(ctx, &s3.PutBucketPolicyInput{Bucket: &bucket, Policy: &policy})
	}
	return err
}

func Size(ctx context.Context, client *s3.Client, bucket, key string) (int64, error) {
	out, err := client.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &bucket, Key: &key})
	if err != nil {
		return 0, err
	}
	return *out.ContentLength, nil
}

// What is got from the error is told apart by its type, too.
func BucketExistsByType(ctx context.Context, client *s3.Client, name string) (bool, error) {
	_, err := client.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: &name})
	if err == nil {
		return true, nil
	}
	var failure smithy.APIError
	if errors.As(err, &failure) {
		switch failure.(type) {
		case *types.NotFound:
			return false, nil
		}
	}
	return false, err
}
