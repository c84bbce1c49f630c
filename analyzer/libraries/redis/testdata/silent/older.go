package silent

import "github.com/go-redis/redis"

func Tasks(db redis.UniversalClient, key string) ([]string, error) {
	n, err := db.HLen(key).Result()
	if n == 0 || err != nil {
		return nil, err
	}
	return db.HKeys(key).Result()
}

func Owner(db redis.Cmdable, key string) (string, error) {
	owner, err := db.Get(key).Result()
	if err == redis.Nil {
		return "", nil
	}
	return owner, err
}
