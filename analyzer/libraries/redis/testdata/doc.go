// Package library requires what the data names, and the cases do not need.
package library

import (
	_ "github.com/go-redis/redis/v7"
	_ "github.com/go-redis/redis/v8"
	_ "github.com/gomodule/redigo/redis"
)
