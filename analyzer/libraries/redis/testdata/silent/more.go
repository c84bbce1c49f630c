package silent

import (
	"context"
	"errors"

	redigo "github.com/gomodule/redigo/redis"
	"github.com/redis/go-redis/v9"
)

func Member(ctx context.Context, db redis.UniversalClient, key string) (bool, error) {
	members, err := db.SMembersMap(ctx, key).Result()
	return len(members) > 0, err
}

func Ranked(ctx context.Context, db redis.Cmdable, key, id string) (bool, error) {
	_, err := db.ZScore(ctx, key, id).Result()
	if err == redis.Nil {
		return false, nil
	}
	return err == nil, err
}

func Session(ctx context.Context, db *redis.Client, key string) (*struct{ ID int }, error) {
	var s struct{ ID int }
	err := db.Get(ctx, key).Scan(&s.ID)
	if errors.Is(err, redis.Nil) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &s, nil
}

func Exists(c redigo.Conn, key string) (bool, error) {
	return redigo.Bool(c.Do("EXISTS", key))
}

func Value(c redigo.Conn, key string) (string, error) {
	v, err := redigo.String(c.Do("GET", key))
	if err == redigo.ErrNil {
		return "", nil
	}
	return v, err
}

// A converter of what was answered already asks nobody.
func Keys(c redigo.Conn, cursor int) ([]string, int, error) {
	reply, err := redigo.Values(c.Do("SCAN", cursor))
	if err != nil {
		return nil, 0, err
	}
	next, _ := redigo.Int(reply[0], nil)
	keys, _ := redigo.Strings(reply[1], nil)
	return keys, next, nil
}
