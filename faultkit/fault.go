package faultkit

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// A Fault is a way for a call of the engine's API to go wrong without a word on
// what it asked for.
type Fault struct {
	name string
	kind kind
	// answer is that of a fault that answers by itself.
	answer answer
}

// String returns the name of the fault.
func (f Fault) String() string { return f.name }

// MarshalText makes the fault its name in JSON.
func (f Fault) MarshalText() ([]byte, error) { return []byte(f.name), nil }

type kind int

const (
	answers kind = iota // with a status and a body of its own
	stalls              // until the injection is removed, then answers
	holds               // the connection, and never reads or writes again
	slows               // the answer, which comes whole
	drips               // the answer, which does not come to an end in time
	hangsUp             // before the answer
	breaks              // off, in the middle of the engine's answer
	cuts                // the engine's answer, which ends as if it were whole
	resets              // the connection
	writes              // bytes that are no answer of HTTP, and hangs up
	pauses              // in the middle of an answer of its own
	cancels             // nothing: whoever asks is told to give up

	refuses    // connections: nobody listens at the address
	misses     // the socket
	replaces   // the socket by a file
	forbids    // the socket to everybody
	misdirects // to a host that has no address
)

// elsewhere reports whether the fault lies in how the engine is reached, so that no
// call arrives.
func (f Fault) elsewhere() bool { return f.kind >= refuses }

// Answers reports whether a call that the fault befalls is answered, at once, and with
// a status: by somebody who does not know.
func (f Fault) Answers() bool { return f.kind == answers }

// impatient reports whether it takes a deadline of the client's for the fault to be
// noticed.
func (f Fault) impatient() bool {
	return slices.Contains([]kind{stalls, holds, drips, pauses}, f.kind)
}

// An answer is what a fault answers with. ref in the body stands for the name or id
// that was asked about.
type answer struct {
	status int
	header string // "Name: value", or none
	kind   string // of the content
	body   string
	short  bool // the connection ends before the body does
}

const ref = "{ref}"

func says(name string, status int, message string) Fault {
	return Fault{name: name, answer: answer{status: status, kind: "application/json", body: fmt.Sprintf("{\"message\":%q}\n", message)}}
}

func body(name string, status int, kind, body string) Fault {
	return Fault{name: name, answer: answer{status: status, kind: kind, body: body}}
}

func (f Fault) with(header string) Fault {
	f.answer.header = header
	return f
}

const asJSON, asHTML, asText = "application/json", "text/html", "text/plain"

// The faults that are no answers.
var (
	// Stall keeps a call waiting until its client gives up, or until the injection
	// is removed: then it is answered, as by a daemon that recovers.
	Stall = Fault{name: "stall", kind: stalls}
	// HalfOpen keeps the connection, and whatever is sent on it is never heard of.
	HalfOpen = Fault{name: "half-open", kind: holds}
	// Slow answers as the engine does, a few bytes at a time: no fault unless the
	// client is impatient.
	Slow = Fault{name: "slow bytes", kind: slows}
	// Drip begins the engine's answer, and does not come to its end in time.
	Drip = Fault{name: "slow drip", kind: drips}
	// EOF closes the connection instead of answering.
	EOF = Fault{name: "EOF", kind: hangsUp}
	// Truncated closes the connection in the middle of the answer.
	Truncated = Fault{name: "EOF mid-response", kind: breaks}
	// TruncatedJSON ends in the middle of the answer as if it were whole.
	TruncatedJSON = Fault{name: "truncated JSON", kind: cuts}
	// Reset resets the connection. A unix socket knows no reset: there it is EOF.
	Reset = Fault{name: "reset", kind: resets}
	// Garbage answers with what is no HTTP, HalfHeader with the beginning of it, TLS
	// with an alert: the engine expects TLS, and the client does not.
	Garbage    = Fault{name: "garbage", kind: writes, answer: answer{body: "\x00\x01\x02 garbage \xff\xfe\r\n\r\n"}}
	HalfHeader = Fault{name: "half a header", kind: writes, answer: answer{body: "HTTP/1.1 200 OK\r\nContent-Ty"}}
	TLS        = Fault{name: "TLS", kind: writes, answer: answer{body: "\x15\x03\x03\x00\x02\x02\x28"}}
	// Canceled cancels the context of who asks, in the middle of the call. It is for
	// Verify: a proxy does nothing but stall.
	Canceled = Fault{name: "canceled by the caller", kind: cancels}
)

// The faults of reaching the engine. They act on all that goes through a proxy,
// while they last, whatever the client: it is not there any more. The socket ones
// need a unix socket; DNS acts on who asks for the proxy's host while it lasts.
var (
	Refused       = Fault{name: "connection refused", kind: refuses}
	MissingSocket = Fault{name: "missing socket", kind: misses}
	FileAsSocket  = Fault{name: "a file as socket", kind: replaces}
	// Permission denies the socket to everybody but root, who is denied nothing.
	Permission = Fault{name: "permission denied", kind: forbids}
	DNS        = Fault{name: "DNS", kind: misdirects}
)

// The faults that are answers with success, and tell nothing.
var (
	Null         = body("200 null", http.StatusOK, asJSON, "null\n")
	EmptyObject  = body("200 {}", http.StatusOK, asJSON, "{}\n")
	EmptyBody    = body("200 with nothing", http.StatusOK, asJSON, "")
	Message      = says("200 with a message", http.StatusOK, "upstream is starting")
	NullState    = body("200, State null", http.StatusOK, asJSON, `{"Id":"`+ref+`","Name":"/`+ref+`","State":null}`+"\n")
	EmptyState   = body("200, an empty State", http.StatusOK, asJSON, `{"Id":"`+ref+`","Name":"/`+ref+`","State":{}}`+"\n")
	HTMLPage     = body("200 HTML", http.StatusOK, asHTML, "<!doctype html><title>Sign in</title>\n")
	NoContent    = body("204", http.StatusNoContent, "", "")
	PageNotFound = says("404 page not found", http.StatusNotFound, "page not found")
)

// The faults that are answers with an error of somebody who does not know.
var (
	InternalError = says("500", http.StatusInternalServerError, "i/o timeout")
	BadGateway    = body("502", http.StatusBadGateway, asHTML, "<html><title>502 Bad Gateway</title></html>\n")
	Unavailable   = says("503", http.StatusServiceUnavailable, "service unavailable").with("Retry-After: 1")
	NotInCache    = says("503 not found in cache", http.StatusServiceUnavailable, "container not found in cache, try again")
	TooMany       = says("429", http.StatusTooManyRequests, "too many requests").with("Retry-After: 1")
)

// notFound are answers with status 404 that are not about the container: those of
// load balancers, of other APIs, of other objects, and broken ones.
var notFound = []Fault{
	PageNotFound,
	body("404 with nothing", http.StatusNotFound, asJSON, ""),
	body("404 {}", http.StatusNotFound, asJSON, "{}\n"),
	body("404 default backend", http.StatusNotFound, asText, "default backend - 404"),
	body("404 no healthy upstream", http.StatusNotFound, asText, "no healthy upstream"),
	body("404 HTML", http.StatusNotFound, asHTML, "<html><title>404 Not Found</title><center>nginx</center></html>\n"),
	says("404 Not Found", http.StatusNotFound, "Not Found"),
	says("404 node", http.StatusNotFound, "No such node: "+ref),
	says("404 exec", http.StatusNotFound, "No such exec instance: "+ref),
	says("404 image", http.StatusNotFound, "No such image: "+ref),
	says("404 another container", http.StatusNotFound, "No such container: "+ref+"-other"),
	says("404 no container named", http.StatusNotFound, "No such container"),
	body("404 truncated JSON", http.StatusNotFound, asJSON, `{"message":"No such container: `+ref),
	{name: "404 EOF mid-response", answer: answer{status: http.StatusNotFound, kind: asJSON, body: `{"message":"No such cont`, short: true}},
	{name: "404 stalled", kind: pauses, answer: answer{status: http.StatusNotFound, kind: asJSON, body: `{"message":"No such cont`}},
}

// Faults returns every fault under which a call fails: all but Slow.
func Faults() []Fault {
	return slices.Concat([]Fault{
		Stall, HalfOpen, Drip, EOF, Truncated, TruncatedJSON, Reset, Garbage, HalfHeader, TLS, Canceled,
		Refused, MissingSocket, FileAsSocket, Permission, DNS,
		Null, EmptyObject, EmptyBody, Message, NullState, EmptyState, HTMLPage, NoContent,
	}, notFound, []Fault{
		says("400 too new", http.StatusBadRequest, "client version 1.99 is too new. Maximum supported API version is 1.41"),
		body("400 HTTP to HTTPS", http.StatusBadRequest, asText, "Client sent an HTTP request to an HTTPS server.\n"),
		says("401", http.StatusUnauthorized, "authentication required"),
		says("403", http.StatusForbidden, "authorization denied by plugin: no such user"),
		body("408", http.StatusRequestTimeout, asText, "request timeout"),
		says("409", http.StatusConflict, "another operation is in progress"),
		says("410", http.StatusGone, "this version of the API is gone"),
		TooMany, InternalError, BadGateway, Unavailable, NotInCache,
		body("504", http.StatusGatewayTimeout, asHTML, "<html><title>504 Gateway Time-out</title></html>\n"),
	})
}

// ByName returns the fault with a name, Slow among them; a dash in it may stand for a
// space. The error lists the names.
func ByName(name string) (Fault, error) {
	dashed := func(s string) string { return strings.ReplaceAll(s, " ", "-") }
	var names []string
	for _, f := range append(Faults(), Slow) {
		if dashed(f.name) == dashed(name) {
			return f, nil
		}
		names = append(names, fmt.Sprintf("%q", dashed(f.name)))
	}
	return Fault{}, fmt.Errorf("no fault %q: want one of %s", name, strings.Join(names, ", "))
}
