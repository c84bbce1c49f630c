// Package silent tells a key that is not there from a store that does not answer.
package silent

import (
	"context"
	"errors"

	"github.com/go-zookeeper/zk"
	"github.com/gocql/gocql"
	"github.com/hashicorp/consul/api"
	"go.etcd.io/etcd/client/v3"
	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
)

func HasLeader(ctx context.Context, kv clientv3.KV) (bool, error) {
	resp, err := kv.Get(ctx, "leader")
	if err != nil {
		return false, err
	}
	return resp.Count > 0, nil
}

func Registered(client *api.Client, name string) (bool, error) {
	pair, _, err := client.KV().Get(name, nil)
	return pair != nil, err
}

func UserExists(ctx context.Context, users *mongo.Collection, name string) (bool, error) {
	var user struct{ Name string }
	err := users.FindOne(ctx, bson.M{"name": name}).Decode(&user)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return false, nil
	}
	return err == nil, err
}

// Nobody who could not be looked up is let in.
func IsAdmin(ctx context.Context, users *mongo.Collection, name string) bool {
	n, err := users.CountDocuments(ctx, bson.M{"name": name, "admin": true})
	return err == nil && n > 0
}

func Recovering(conn *zk.Conn, host string) (bool, error) {
	_, _, err := conn.Get("/recovery/" + host)
	if err == zk.ErrNoNode {
		return false, nil
	}
	return err == nil, err
}

func Waiting(conn *zk.Conn) (bool, error) {
	exists, _, err := conn.Exists("/switchover")
	return exists, err
}

func Taken(session *gocql.Session, name string) (bool, error) {
	var id gocql.UUID
	err := session.Query("SELECT id FROM users WHERE name = ?", name).Scan(&id)
	if errors.Is(err, gocql.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}
