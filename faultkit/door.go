package faultkit

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// A door is where a proxy can be reached, or, for a while, cannot.
type door struct {
	network, address string
	dir              string // made for the socket, and removed with it
	handler          http.Handler

	mu       sync.Mutex
	listener net.Listener
	server   *http.Server // nil while nobody listens
	mine     os.FileInfo  // what was put at the address, if that is a path
	left     Fault        // with which it cannot be reached
	away     bool
}

// nowhere is a host that has no address; no resolver is asked to know that.
const nowhere = "tcp://engine..invalid:2375"

// openDoor listens where listen says: "" is a unix socket in a new folder that is
// nobody else's, "unix:///a/path" one at a path where nothing may be, and
// "tcp://127.0.0.1:0" a free port of the loopback interface.
func openDoor(listen string, handler http.Handler) (d *door, err error) {
	d = &door{handler: handler}
	if listen == "" {
		if d.dir, err = os.MkdirTemp("", "faultkit"); err != nil { // for its owner alone
			return nil, err
		}
		listen = "unix://" + filepath.Join(d.dir, "docker.sock")
	}
	if d.network, d.address, err = split(listen); err == nil && d.network == "tcp" {
		err = loopback(d.address)
	}
	if err == nil {
		err = d.open()
	}
	if err != nil {
		d.removeDir()
		return nil, fmt.Errorf("listen at %s: %w", listen, err)
	}
	return d, nil
}

// loopback answers an error unless an address is one that only this machine reaches.
func loopback(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return errors.New("not an address of the loopback interface: who reaches a proxy has the engine, and with it the machine")
	}
	return nil
}

// split takes a DOCKER_HOST apart.
func split(host string) (network, address string, err error) {
	network, address, ok := strings.Cut(host, "://")
	if network == "http" {
		network = "tcp"
	}
	if !ok || address == "" || network != "unix" && network != "tcp" {
		return "", "", fmt.Errorf("%q is not an address such as unix:///var/run/docker.sock or tcp://127.0.0.1:2375", host)
	}
	return network, address, nil
}

// open listens. What is at the path already is in the way, and stays there.
func (d *door) open() error {
	l, err := net.Listen(d.network, d.address)
	if err != nil {
		return err
	}
	if unix, ok := l.(*net.UnixListener); ok {
		unix.SetUnlinkOnClose(false)
		if d.mine, err = os.Lstat(d.address); err != nil {
			l.Close()
			return err
		}
	}
	d.address = l.Addr().String()
	d.listener, d.server = l, &http.Server{Handler: d.handler}
	go d.server.Serve(l)
	return nil
}

// shut closes the listener and every connection, and leaves the socket.
func (d *door) shut() {
	if d.server != nil {
		d.listener.Close() // which the server does not know before it serves
		d.server.Close()
		d.server = nil
	}
}

// clear removes what the door has put at its path, and nothing else.
func (d *door) clear() error {
	if d.mine == nil {
		return nil
	}
	there, err := os.Lstat(d.address)
	if err == nil && os.SameFile(there, d.mine) {
		err = os.Remove(d.address)
	}
	d.mine = nil
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

// host returns the address as DOCKER_HOST spells it.
func (d *door) host() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.away && d.left.kind == misdirects {
		return nowhere
	}
	return d.network + "://" + d.address
}

// leave makes the door one that cannot be reached, in the way of a fault.
func (d *door) leave(f Fault) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.away {
		return
	}
	d.away, d.left = true, f
	d.shut()
	var err error
	switch f.kind {
	case misses:
		err = d.clear()
	case replaces:
		if err = d.clear(); err == nil {
			err = d.put()
		}
	case forbids:
		if err = d.clear(); err == nil {
			err = d.open()
		}
		if err == nil {
			err = os.Chmod(d.address, 0)
		}
	}
	if err != nil {
		panic(fmt.Sprintf("faultkit: %s: %v", f, err))
	}
}

// put puts a file where the socket was.
func (d *door) put() (err error) {
	if err = os.WriteFile(d.address, nil, 0o600); err == nil {
		d.mine, err = os.Lstat(d.address)
	}
	return err
}

// comeBack makes the door one that can be reached again.
func (d *door) comeBack() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.away {
		return
	}
	d.away = false
	d.shut()
	err := d.clear()
	if err == nil {
		err = d.open()
	}
	if err != nil {
		panic(fmt.Sprintf("faultkit: after %s: %v", d.left, err))
	}
}

// close closes the door for good.
func (d *door) close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.away = false
	d.shut()
	return errors.Join(d.clear(), d.removeDir())
}

func (d *door) removeDir() error {
	if d.dir == "" {
		return nil
	}
	return os.Remove(d.dir) // empty
}
