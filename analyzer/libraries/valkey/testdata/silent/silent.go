// Package silent knows Nil.
package silent

import (
	"context"
	"errors"

	"github.com/redis/rueidis"
	"github.com/valkey-io/valkey-go"
)

func Locked(ctx context.Context, c valkey.Client, key string) (bool, error) {
	v, err := c.Do(ctx, c.B().Get().Key(key).Build()).ToString()
	if valkey.IsValkeyNil(err) {
		return false, nil
	}
	return v != "", err
}

func Compared(ctx context.Context, c valkey.Client, key string) (bool, error) {
	v, err := c.Do(ctx, c.B().Get().Key(key).Build()).ToString()
	if errors.Is(err, valkey.Nil) {
		return false, nil
	}
	return v != "", err
}

func Token(ctx context.Context, c rueidis.Client, key string) (string, error) {
	v, err := c.Do(ctx, c.B().Get().Key(key).Build()).ToString()
	if rueidis.IsRedisNil(err) {
		return "", nil
	}
	return v, err
}

// What changes something asks nothing.
func Put(ctx context.Context, c valkey.Client, key, v string) bool {
	return c.Do(ctx, c.B().Set().Key(key).Value(v).Build()).Error() == nil
}
