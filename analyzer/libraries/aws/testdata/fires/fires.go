// Package fires overwrites what it could not read.
package fires

import (
	"context"
	"log"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

func Enforce(ctx context.Context, client *s3.Client, bucket, policy string) error {
	old, err := client.GetBucketPolicy(ctx, &s3.GetBucketPolicyInput{Bucket: &bucket})
	if err != nil {
		log.Printf("no policy for bucket %s", bucket)
	}
	if old != nil && old.Policy != nil {
		return nil
	}
	_, err = client.PutBucketPolicy(ctx, &s3.PutBucketPolicyInput{Bucket: &bucket, Policy: &policy}) // want `Enforce: calls PutBucketPolicy, as for a resource that does not exist, when GetBucketPolicy times out \(destroy\)`
	return err
}

func BucketExists(ctx context.Context, client *s3.Client, bucket string) bool {
	_, err := client.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: &bucket})
	return err == nil // want `BucketExists: answers false, as for a resource that does not exist, when HeadBucket times out \(collapse\)`
}

func HasTable(ctx context.Context, client *dynamodb.Client, name string) (bool, error) {
	out, err := client.DescribeTable(ctx, &dynamodb.DescribeTableInput{TableName: &name})
	if err != nil {
		return false, nil // want `HasTable: answers \(false, nil\), .* when DescribeTable times out \(collapse\)`
	}
	return out.Table != nil, nil
}
