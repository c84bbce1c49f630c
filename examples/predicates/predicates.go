// Package predicates tells whether a container runs, by four clients, each by the
// contract: true and an error where that cannot be told. It is an example of how
// faultkit tests that, whatever the client.
package predicates

import (
	"errors"
	"fmt"
)

// errAnswer is what is answered when the engine's answer cannot be understood.
var errAnswer = errors.New("the engine's answer cannot be understood")

// runs reports whether a status of the engine's is that of a container that runs, or
// will.
func runs(status string) (bool, error) {
	switch status {
	case "running", "paused", "restarting", "removing":
		return true, nil
	case "created", "exited", "dead":
		return false, nil
	}
	return true, fmt.Errorf("%w: status %q", errAnswer, status)
}
