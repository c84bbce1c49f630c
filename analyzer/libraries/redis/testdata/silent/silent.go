// Package silent knows redis.Nil.
package silent

import (
	"context"
	"errors"

	"github.com/redis/go-redis/v9"
)

func Token(ctx context.Context, db *redis.Client, key string) (string, error) {
	v, err := db.Get(ctx, key).Result()
	if errors.Is(err, redis.Nil) {
		return "", nil
	}
	return v, err
}

func Compared(ctx context.Context, db *redis.Client, key string) (bool, error) {
	switch err := db.Get(ctx, key).Err(); err {
	case nil:
		return true, nil
	case redis.Nil:
		return false, nil
	default:
		return false, err
	}
}

func Locked(ctx context.Context, db *redis.Client, key string) (bool, error) {
	n, err := db.Exists(ctx, key).Result()
	return n > 0, err
}

// What changes something asks nothing: whether it did is not looked at.
func Pruned(ctx context.Context, db *redis.Client, index, id, key string) (int64, error) {
	n, err := db.Get(ctx, key).Int64()
	if errors.Is(err, redis.Nil) {
		_ = db.SRem(ctx, index, id).Err()
		return 0, nil
	}
	return n, err
}

// The error is asked for beside the value.
func Heard(ctx context.Context, db *redis.Client, key string) (string, error) {
	answer := db.Get(ctx, key)
	if err := answer.Err(); err != nil {
		if errors.Is(err, redis.Nil) {
			return "", nil
		}
		return "", err
	}
	return answer.Val(), nil
}

// Exec answers the error of the commands that are sent together.
func Together(ctx context.Context, db *redis.Client, a, b string) ([]string, error) {
	batch := db.Pipeline()
	first, second := batch.Get(ctx, a), batch.Get(ctx, b)
	if _, err := batch.Exec(ctx); err != nil && !errors.Is(err, redis.Nil) {
		return nil, err
	}
	return []string{first.Val(), second.Val()}, nil
}

// Who asks for a result of one of them drops what Exec has answered.
func TogetherResults(ctx context.Context, db *redis.Client, key string) (int64, []string, error) {
	batch := db.Pipeline()
	count, page := batch.LLen(ctx, key), batch.LRange(ctx, key, 0, 9)
	if _, err := batch.Exec(ctx); err != nil && !errors.Is(err, redis.Nil) {
		return 0, nil, err
	}
	total, _ := count.Result()
	rows, _ := page.Result()
	return total, rows, nil
}
