// Package contract declares what package wiring wires, and knows no client.
package contract

import "context"

type Environment interface {
	Up(ctx context.Context, id string) (bool, error)
}

type Server struct{ Env Environment }
