// Package fires takes a Redis that does not answer for a key that is not there.
package fires

import (
	"context"

	"github.com/redis/go-redis/v9"
)

func Locked(ctx context.Context, db *redis.Client, key string) bool {
	n, err := db.Exists(ctx, key).Result()
	if err != nil {
		return false // want `Locked: answers false, as for a key that does not exist, when Result times out \(collapse\)`
	}
	return n > 0
}

func Seen(ctx context.Context, db *redis.Client, key string) bool {
	return db.Exists(ctx, key).Val() == 1 // want `Seen: drops the error of Val and answers false, .* \(discard\)`
}

func Token(ctx context.Context, db *redis.Client, key string) (string, error) {
	v, err := db.Get(ctx, key).Result()
	if err != nil {
		return "", nil // want `Token: answers \("", nil\), as for a key that does not exist, .* \(empty\)`
	}
	return v, nil
}
