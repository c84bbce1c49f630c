// Package fires takes a server that does not answer for a key that is not there.
package fires

import (
	"context"
	"encoding/json"

	"github.com/redis/rueidis"
	"github.com/valkey-io/valkey-go"
)

type Job struct{ Owner string }

func Locked(ctx context.Context, c valkey.Client, key string) bool {
	v, err := c.Do(ctx, c.B().Get().Key(key).Build()).ToString()
	return err == nil && v != "" // want `Locked: answers false, as for a key that does not exist, when ToString times out \(collapse\)`
}

// What a generic helper reads is asked for by its callers.
func load[T any](ctx context.Context, c valkey.Client, key string) (*T, error) {
	data, err := c.Do(ctx, c.B().Get().Key(key).Build()).ToString()
	if err != nil {
		return nil, err
	}
	var v T
	err = json.Unmarshal([]byte(data), &v)
	return &v, err
}

func JobOf(ctx context.Context, c valkey.Client, key string) *Job {
	job, err := load[Job](ctx, c, key)
	if err != nil || job == nil {
		return nil // want `JobOf: answers nil, as for a key that does not exist, when load \(ToString\) times out \(collapse\)`
	}
	return job
}

func Members(ctx context.Context, c rueidis.Client, key string) ([]string, error) {
	list, err := c.Do(ctx, c.B().Smembers().Key(key).Build()).AsStrSlice()
	if err != nil {
		return nil, nil // want `Members: answers \(nil, nil\), as for a key that does not exist, when AsStrSlice times out \(empty\)`
	}
	return list, nil
}
