package silent

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// Only the service says so.
func ObjectExists(ctx context.Context, client *s3.Client, bucket, key string) (bool, error) {
	_, err := client.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &bucket, Key: &key})
	if err != nil {
		if strings.Contains(err.Error(), "api error NotFound") {
			return false, nil
		}
		return false, err
	}
	return true, nil
}
