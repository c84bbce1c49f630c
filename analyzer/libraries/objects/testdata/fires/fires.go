// Package fires takes what it could not read for missing.
package fires

import (
	"context"

	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/blob"
	"github.com/minio/minio-go/v7"
)

func BlobExists(ctx context.Context, client *blob.Client) (bool, error) {
	if _, err := client.GetProperties(ctx, nil); err != nil {
		return false, nil // want `BlobExists: answers \(false, nil\), .* \(collapse\)`
	}
	return true, nil
}

func Ensure(ctx context.Context, client *minio.Client, bucket, policy string) error {
	old, err := client.GetBucketPolicy(ctx, bucket)
	if err != nil || old == "" {
		return client.SetBucketPolicy(ctx, bucket, policy) // want `Ensure: calls SetBucketPolicy, .* when GetBucketPolicy times out \(destroy\)`
	}
	return nil
}
