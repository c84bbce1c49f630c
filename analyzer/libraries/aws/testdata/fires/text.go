package fires

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// The metadata service says 404, too, of credentials that the machine has not got.
func ObjectExists(ctx context.Context, client *s3.Client, bucket, key string) (bool, error) {
	_, err := client.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &bucket, Key: &key})
	if err != nil {
		if strings.Contains(err.Error(), "StatusCode: 404") {
			return false, nil // want `ObjectExists: takes a fault for the absence of a resource: its match is true when HeadObject fails with ".*EC2 IMDS.*StatusCode: 404.*" \(overbroad\)`
		}
		return false, err
	}
	return true, nil
}
