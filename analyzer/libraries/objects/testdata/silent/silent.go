// Package silent asks what sort of error it is.
package silent

import (
	"context"

	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/blob"
	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/bloberror"
	"github.com/minio/minio-go/v7"
)

func BlobExists(ctx context.Context, client *blob.Client) (bool, error) {
	_, err := client.GetProperties(ctx, nil)
	if bloberror.HasCode(err, bloberror.BlobNotFound) {
		return false, nil
	}
	return err == nil, err
}

func Stat(ctx context.Context, client *minio.Client, bucket, key string) (bool, error) {
	_, err := client.StatObject(ctx, bucket, key, minio.StatObjectOptions{})
	if err != nil && minio.ToErrorResponse(err).Code == "NoSuchKey" {
		return false, nil
	}
	return err == nil, err
}
