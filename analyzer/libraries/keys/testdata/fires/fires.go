// Package fires takes what a store did not answer for nothing.
package fires

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

// A Documents is a store behind one's own words.
type Documents struct{ client *mongo.Client }

func (d *Documents) begin(ctx context.Context) (mongo.Session, error) { return d.client.StartSession() }

// FindOne answers through what it is handed, after a session that can fail, too.
func (d *Documents) FindOne(ctx context.Context, collection string, query, result any) error {
	session, err := d.begin(ctx)
	if err != nil {
		return err
	}
	defer session.EndSession(ctx)
	return d.client.Database("d").Collection(collection).FindOne(ctx, query).Decode(result)
}

func (d *Documents) event(ctx context.Context, id string) (*struct{ Name string }, error) {
	var event struct{ Name string }
	if err := d.FindOne(ctx, "events", bson.M{"id": id}, &event); err != nil {
		return nil, err
	}
	return &event, nil
}

func (d *Documents) Favour(ctx context.Context, id string) error {
	if _, err := d.event(ctx, id); err != nil {
		return errors.New("could not find event with the given id") // want `Favour: answers "could not find .*", as for a document that does not exist, when event \(Decode\) times out \(collapse\)`
	}
	return nil
}

func Tenants(ctx context.Context, devices *mongo.Collection) ([]string, error) {
	results, err := devices.Distinct(ctx, "tenant", bson.D{})
	if err != nil {
		return []string{}, nil // want `Tenants: answers \(.*, nil\), as for a document that does not exist, when Distinct times out \(empty\)`
	}
	ids := make([]string, len(results))
	for i, id := range results {
		ids[i], _ = id.(string)
	}
	return ids, nil
}

func Recovering(conn *zk.Conn, host string) bool {
	_, _, err := conn.Get("/recovery/" + host)
	return err == nil // want `Recovering: answers false, as for a node that does not exist, when Get times out \(collapse\)`
}

func Master(conn *zk.Conn) (string, error) {
	host, _, err := conn.Get("/master")
	if err != nil {
		return "", nil // want `Master: answers \("", nil\), .* \(empty\)`
	}
	return string(host), nil
}

func Taken(session *gocql.Session, name string) bool {
	var id gocql.UUID
	if err := session.Query("SELECT id FROM users WHERE name = ?", name).Scan(&id); err != nil {
		return false // want `Taken: answers false, as for a row that does not exist, when Scan times out \(collapse\)`
	}
	return true
}
