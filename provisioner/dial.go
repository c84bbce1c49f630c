package provisioner

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"
)

// ErrNoAddress is what Dial and Address answer of a container that publishes no
// port: one that does not run, or does not exist.
var ErrNoAddress = errors.New("container publishes no port")

// Address returns the host and port on which a workspace's agent can be reached now,
// of which the engine is asked. It answers ErrNoAddress for a container that does not
// run, or does not exist, and ErrForeign for one of somebody else's. By the time that
// somebody connects the port may be another's: Dial makes sure of that.
func (p *Provisioner) Address(ctx context.Context, workspace string) (string, error) {
	p.addresses.Delete(workspace)
	v, err := p.lodging(ctx, workspace)
	return v.address, err
}

// Dial connects to a workspace's agent. An address that was found before is tried
// first; where nobody is there any more, the engine is asked anew.
//
// The port of a container that was stopped can be another's since. So the engine is
// asked once there is a connection, whether the container has that port still: if
// so, it had it in between. A fault of the engine says nothing, and the last word
// stands.
func (p *Provisioner) Dial(ctx context.Context, workspace string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, p.config.Timeout)
	defer cancel()
	_, known := p.addresses.Load(workspace)
	conn, err := p.connect(ctx, workspace)
	if err != nil && known {
		conn, err = p.connect(ctx, workspace) // its address was dropped
	}
	if err != nil {
		return nil, fmt.Errorf("dial workspace %s: %w", workspace, err)
	}
	return conn, nil
}

// connect connects to where a workspace's agent is, or was. If it is not, its
// address is dropped.
func (p *Provisioner) connect(ctx context.Context, workspace string) (net.Conn, error) {
	there, err := p.lodging(ctx, workspace)
	if err != nil {
		return nil, err
	}
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", there.address)
	if err == nil && !p.confirm(ctx, workspace, there) {
		conn.Close()
		err = fmt.Errorf("%s is no longer that of container %s", there.address, there.ID)
	}
	if err != nil {
		p.addresses.Delete(workspace)
		return nil, err
	}
	return conn, nil
}

// confirm reports whether a container has its address still, or the engine does not
// tell.
func (p *Provisioner) confirm(ctx context.Context, workspace string, there Verdict) bool {
	name, err := p.name(workspace)
	if err != nil {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, p.config.Confirm)
	defer cancel()
	now, err := p.inspector.insist(ctx, name, time.Now())
	return err != nil || now.same(there) && now.address == there.address
}

// lodging returns the last word on where a workspace's agent is.
func (p *Provisioner) lodging(ctx context.Context, workspace string) (Verdict, error) {
	if v, ok := p.addresses.Load(workspace); ok {
		return v.(Verdict), nil
	}
	name, err := p.name(workspace)
	if err != nil {
		return Verdict{}, err
	}
	v, err := p.inspector.insist(ctx, name, time.Now())
	switch {
	case err != nil:
	case v.address == "":
		err = ErrNoAddress
	case v.labels[workspaceLabel] != workspace:
		err = ErrForeign
	}
	if err != nil {
		return Verdict{}, fmt.Errorf("address of workspace %s: %w", workspace, err)
	}
	p.addresses.Store(workspace, v)
	return v, nil
}
