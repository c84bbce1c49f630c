package faultkit

import (
	"fmt"
	"net/http"
	"path"
	"regexp"
	"slices"
)

// An Injection says which calls a fault befalls.
type Injection struct {
	Fault Fault
	// Method is that of the calls, "" for any; Path is a pattern of path.Match for
	// their paths without the API version, "/containers/*/json", "" for any.
	Method, Path string
	// Nth is the only one of these calls that it befalls, counted from 1; 0 for all.
	Nth int
	// Every is how many of these calls there are to each that it befalls: 2 for every
	// second; 0 and 1 for all.
	Every int
	// Count is how many calls it befalls before it ends, 0 for no end.
	Count int
}

// An Injected is an Injection at work.
type Injected struct {
	injection Injection
	proxy     *Proxy
	calls     int           // that it is for
	hits      int           // that the fault has befallen
	met       chan struct{} // closed with the first hit
	removed   chan struct{}
}

// apiVersion is the version of the API that begins the path of most calls: v1.41 of
// Docker's, v5.0.0 of podman's.
var apiVersion = regexp.MustCompile(`^/v\d+(\.\d+)+/`)

// plain returns the path of a call without the version.
func plain(r *http.Request) string { return apiVersion.ReplaceAllString(r.URL.Path, "/") }

// matches reports whether a call is one that the injection is for.
func (in Injection) matches(r *http.Request) bool {
	if in.Method != "" && in.Method != r.Method {
		return false
	}
	if in.Path == "" {
		return true
	}
	ok, _ := path.Match(in.Path, plain(r))
	return ok
}

// Check answers an error that says what is wrong with the injection: a path that is no
// pattern, or a number below 0.
func (in Injection) Check() error {
	if _, err := path.Match(in.Path, "/"); err != nil {
		return fmt.Errorf("path %q: %w", in.Path, err)
	}
	if in.Nth < 0 || in.Every < 0 || in.Count < 0 {
		return fmt.Errorf("nth %d, every %d, count %d: want no number below 0", in.Nth, in.Every, in.Count)
	}
	return nil
}

// takes counts a call that the injection is for, and reports whether the fault
// befalls it.
func (i *Injected) takes() bool {
	i.calls++
	in := i.injection
	if in.Nth > 0 && i.calls != in.Nth || in.Every > 0 && i.calls%in.Every != 0 || in.Count > 0 && i.hits == in.Count {
		return false
	}
	if i.hits++; i.hits == 1 {
		close(i.met)
	}
	return true
}

// Inject makes a fault befall the calls that match. Of several that match, the
// first injected acts. A fault of reaching the engine acts at once, or, where the
// injection is for some calls only, from the first of these on; they are a matter
// of who can connect, so it acts on all.
//
// It panics if Check or Can would answer an error: a test that injects nothing proves
// nothing.
func (p *Proxy) Inject(in Injection) *Injected {
	err := in.Check()
	if err == nil {
		err = p.Can(in.Fault)
	}
	if err != nil {
		panic("faultkit: " + err.Error())
	}
	i := &Injected{injection: in, proxy: p, met: make(chan struct{}), removed: make(chan struct{})}
	p.mu.Lock()
	p.injections = append(p.injections, i)
	p.mu.Unlock()
	if in.always() {
		p.door.leave(in.Fault)
	}
	return i
}

// Remove ends the injection: calls that it stalls are answered, and the proxy can
// be reached again.
func (i *Injected) Remove() {
	p := i.proxy
	p.mu.Lock()
	n := slices.Index(p.injections, i)
	if n < 0 { // it was removed before
		p.mu.Unlock()
		return
	}
	p.injections = append(p.injections[:n:n], p.injections[n+1:]...)
	close(i.removed)
	others := slices.Clone(p.injections)
	p.mu.Unlock()
	if !i.injection.Fault.elsewhere() {
		return
	}
	p.door.comeBack()
	for _, other := range others { // that act still
		if other.injection.always() {
			p.door.leave(other.injection.Fault)
		}
	}
}

// always reports whether the injection is of a fault of reaching the engine that acts
// at once.
func (in Injection) always() bool {
	return in.Fault.elsewhere() && in.Method == "" && in.Path == "" && in.Nth == 0 && in.Every == 0
}

// Hits returns how many calls the fault has befallen. Under a fault of reaching the
// engine calls do not arrive, and are not counted.
func (i *Injected) Hits() int {
	i.proxy.mu.Lock()
	defer i.proxy.mu.Unlock()
	return i.hits
}

// hit returns the injection that a call falls to, or nil.
func (p *Proxy) hit(r *http.Request) *Injected {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, i := range p.injections {
		if i.injection.matches(r) && i.takes() {
			return i
		}
	}
	return nil
}
