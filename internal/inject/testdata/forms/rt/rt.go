// Package rt is a runtime that always answers.
package rt

import "errors"

// ErrGone says that something is not there, and ErrBusy that it cannot be said.
var (
	ErrGone = errors.New("gone")
	ErrBusy = errors.New("busy")
)

// NewGone returns an error that says that something is not there.
func NewGone(id string) error { return errors.Join(ErrGone, errors.New(id)) }

// IsGone reports whether an error says that something is not there.
func IsGone(err error) bool { return errors.Is(err, ErrGone) }

// A Machine is what is asked for.
type Machine struct{ Running bool }

// A hidden is a type that nobody else can name.
type hidden struct{ Running bool }

// A Client asks, and counts what it removes and makes.
type Client struct{ Removed, Created int }

func (c *Client) Inspect(id string) (Machine, error) { return Machine{true}, nil }

func (c *Client) Find(id string) (*Machine, error) { return &Machine{true}, nil }

func (c *Client) Sort(ids ...string) (int, struct{ Running bool }, error) {
	return len(ids), struct{ Running bool }{true}, nil
}

func (c *Client) Odd(id string) (hidden, error) { return hidden{true}, nil }

func (c *Client) Typed(id string) (*Machine, error) { return &Machine{true}, nil }

func (c *Client) Load(id string, into *Machine) error {
	into.Running = true
	return nil
}

func (c *Client) List() ([]string, error) { return []string{"a"}, nil }

func (c *Client) Remove(id string) error {
	c.Removed++
	return nil
}

func (c *Client) Create(id string) { c.Created++ }

// A Row has to be read, or closed.
type Row struct{ Open bool }

func (r *Row) Scan(into ...any) error {
	r.Open = false
	for _, to := range into {
		*to.(*bool) = true
	}
	return nil
}

// A DB is a chain that keeps its error in a field.
type DB struct {
	Error error
	Table string
}

func (db *DB) Where(string) *DB { return &DB{Table: db.Table} }

func (db *DB) First(into *Machine, more ...string) *DB {
	into.Running = true
	return db
}

// A Found is what Last answers, which is no DB.
type Found struct{ Error error }

func (db *DB) Last(into *Machine) Found {
	into.Running = true
	return Found{}
}

// A Reply has an answer, and drops the error.
type Reply struct{}

func (Reply) Nothing() {}

func (r *Reply) Val() bool { return true }

// Get and Fetch are generic, one by its answer and one by what it is handed.
func Get[T any](make func() T) (T, error) { return make(), nil }

func Fetch[T any](id string, into *T) error { return nil }

// Lookup is a variable of func type.
var Lookup = func(id string) (bool, error) { return true, nil }

// A Resource is forgotten when its id is emptied.
type Resource struct{ ID string }

func (r *Resource) SetId(id string) { r.ID = id }
