package fires

import "github.com/go-redis/redis"

func Tasks(db redis.UniversalClient, key string) ([]string, error) {
	n := db.HLen(key).Val() // want `Tasks: drops the error of Val and decides by the value beside it, .* when Val times out \(discard\)`
	if n == 0 {
		return nil, nil
	}
	return db.HKeys(key).Result()
}

func Owner(db redis.Cmdable, key string) (string, error) {
	owner, err := db.Get(key).Result()
	if err != nil {
		return "", nil // want `Owner: answers \("", nil\), as for a key that does not exist, when Result times out \(empty\)`
	}
	return owner, nil
}
