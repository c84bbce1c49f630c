// Package runner runs command lines, and does not say how.
package runner

import "context"

type Runner interface {
	Run(ctx context.Context, program string, args ...string) (string, error)
}
