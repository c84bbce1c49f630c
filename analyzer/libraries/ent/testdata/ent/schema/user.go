// Package schema is what the client is generated of:
//
//	go run entgo.io/ent/cmd/ent generate ./ent/schema
package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// A User has a name.
type User struct{ ent.Schema }

// Fields returns the name.
func (User) Fields() []ent.Field { return []ent.Field{field.String("name").Unique()} }
