// Package rt is a runtime of somebody's own, without any client library.
package rt

type Client struct{}

type State struct{ Up bool }

// Inspect asks the runtime for a machine's state.
//
//errswallow:query
func (c *Client) Inspect(id string) (*State, error) { return nil, nil } // want Inspect:"Inspect fails -> zero, fault"

// Absent reports whether err means that there is no such machine.
//
//errswallow:notfound
func Absent(err error) bool { return err != nil && err.Error() == "E42" } // want Absent:"not-found predicate"

// Wipe removes a machine.
//
//errswallow:destructive
func (c *Client) Wipe(id string) error { return nil } // want Wipe:"destroys by Wipe"

type Runtime interface {
	// Look asks the runtime for a machine's state.
	//
	//errswallow:query
	Look(id string) (bool, error) // want Look:"Look fails -> zero, fault"
}
