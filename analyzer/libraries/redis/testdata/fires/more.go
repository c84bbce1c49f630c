package fires

import (
	"context"

	redigo "github.com/gomodule/redigo/redis"
	"github.com/redis/go-redis/v9"
)

func Member(ctx context.Context, db redis.UniversalClient, key, id string) bool {
	members, err := db.SMembersMap(ctx, key).Result()
	if err != nil {
		return false // want `Member: answers false, .* when Result times out \(collapse\)`
	}
	return len(members) > 0
}

func Ranked(ctx context.Context, db redis.Cmdable, key, id string) bool {
	_, err := db.ZScore(ctx, key, id).Result()
	return err == nil // want `Ranked: answers false, .* when Result times out \(collapse\)`
}

func Session(ctx context.Context, db *redis.Client, key string) (*struct{ ID int }, error) {
	var s struct{ ID int }
	if err := db.Get(ctx, key).Scan(&s.ID); err != nil {
		return nil, nil // want `Session: answers \(nil, nil\), .* when Scan times out \(empty\)`
	}
	return &s, nil
}

func Exists(c redigo.Conn, key string) bool {
	ok, _ := redigo.Bool(c.Do("EXISTS", key)) // want `Exists: drops the error of Bool and answers false, .* \(discard\)`
	return ok
}

func Value(c redigo.Conn, key string) (string, error) {
	v, err := redigo.String(c.Do("GET", key))
	if err != nil {
		return "", nil // want `Value: answers \("", nil\), .* when String times out \(empty\)`
	}
	return v, nil
}
