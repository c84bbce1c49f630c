// Package fires takes what a store did not answer for nothing.
package fires

import (
	"context"

	"github.com/hashicorp/consul/api"
	"go.etcd.io/etcd/client/v3"
	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
)

func HasLeader(ctx context.Context, kv clientv3.KV) bool {
	resp, err := kv.Get(ctx, "leader")
	if err != nil || resp.Count == 0 {
		return false // want `HasLeader: answers false, as for a key that does not exist, when Get times out \(collapse\)`
	}
	return true
}

func Registered(client *api.Client, name string) (bool, error) {
	pair, _, err := client.KV().Get(name, nil)
	if err != nil {
		return false, nil // want `Registered: answers \(false, nil\), .* when Get times out \(collapse\)`
	}
	return pair != nil, nil
}

func UserExists(ctx context.Context, users *mongo.Collection, name string) bool {
	var user struct{ Name string }
	err := users.FindOne(ctx, bson.M{"name": name}).Decode(&user)
	return err == nil // want `UserExists: answers false, as for a document that does not exist, when Decode times out \(collapse\)`
}
