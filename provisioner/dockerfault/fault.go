package dockerfault

import (
	"net/http"
	"path"
	"regexp"
)

// A Fault is a way for a call of the engine's API to go wrong without a word on
// what it asked for.
type Fault struct {
	name string
	kind kind
	// status and message are those of a fault that is an answer.
	status  int
	message string
}

// String returns the name of the fault.
func (f Fault) String() string { return f.name }

type kind int

const (
	answers   kind = iota // with a status
	stalls                // until the injection is removed, then answers
	dribbles              // answers, slowly
	hangsUp               // before the answer
	truncates             // the answer
	resets                // the connection
	connects              // never: the client cannot connect
	misses                // never: the socket does not exist
)

// The faults.
var (
	// Stall keeps a call waiting until its client gives up, or until the injection
	// is removed: then it is answered, as by a daemon that recovers.
	Stall = Fault{name: "stall", kind: stalls}
	// Slow answers as the engine does, a few bytes at a time: no fault unless the
	// client is impatient.
	Slow = Fault{name: "slow bytes", kind: dribbles}
	// EOF closes the connection instead of answering.
	EOF = Fault{name: "EOF", kind: hangsUp}
	// Truncated closes the connection in the middle of the answer.
	Truncated = Fault{name: "EOF mid-response", kind: truncates}
	// Reset resets the connection. A unix socket knows no reset: there it is EOF.
	Reset = Fault{name: "reset", kind: resets}
	// Refused and MissingSocket keep a client from connecting. They act on the
	// clients of Proxy.Client, call by call; for those of others the proxy closes
	// the connection, and Proxy.Down closes all of it.
	Refused       = Fault{name: "connection refused", kind: connects}
	MissingSocket = Fault{name: "missing socket", kind: misses}

	InternalError = Fault{name: "500", status: http.StatusInternalServerError, message: "i/o timeout"}
	BadGateway    = Fault{name: "502", status: http.StatusBadGateway, message: "bad gateway"}
	Unavailable   = Fault{name: "503", status: http.StatusServiceUnavailable, message: "service unavailable"} // with Retry-After
	// PageNotFound is the 404 of an engine, or of a proxy in between, that does not
	// know the path. The container may well run.
	PageNotFound = Fault{name: "404 page not found", status: http.StatusNotFound, message: "page not found"}
)

// Faults returns every fault under which a call fails: all but Slow.
func Faults() []Fault {
	return []Fault{Stall, EOF, Truncated, Reset, Refused, MissingSocket, InternalError, BadGateway, Unavailable, PageNotFound}
}

// An Injection says which calls a fault befalls.
type Injection struct {
	Fault Fault
	// Method is that of the calls, "" for any; Path is a pattern of path.Match for
	// their paths without the API version, "/containers/*/json", "" for any.
	Method, Path string
	// Count is how many calls it befalls before it ends, 0 for no end.
	Count int
}

// version is the API version that begins the path of most calls.
var version = regexp.MustCompile(`^/v\d+\.\d+/`)

// matches reports whether a call is one that the injection is for.
func (in Injection) matches(r *http.Request) bool {
	if in.Method != "" && in.Method != r.Method {
		return false
	}
	if in.Path == "" {
		return true
	}
	ok, _ := path.Match(in.Path, version.ReplaceAllString(r.URL.Path, "/"))
	return ok
}
