package provisioner

import (
	"context"
	"fmt"
	"regexp"

	"github.com/containerd/errdefs"
)

// IsRunning reports whether the container of a workspace runs. It is true with an
// error when that cannot be told: only a container that is certainly stopped, or
// certainly absent, is not running.
func (p *Provisioner) IsRunning(ctx context.Context, workspace string) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, p.config.Timeout)
	defer cancel()
	info, err := p.engine.ContainerInspect(ctx, p.name(workspace))
	if isContainerNotFound(err) {
		return false, nil
	}
	if err != nil {
		return true, fmt.Errorf("inspect workspace %s: %w", workspace, err)
	}
	return info.ContainerJSONBase != nil && info.State != nil && info.State.Running, nil
}

// notFound matches the messages of a container that does not exist: the
// daemon's (daemon/container.go of moby), and the plain words of older clients
// and of proxies. It is anchored on the object, so that neither "no such file
// or directory", which is a missing socket, nor "page not found", which is a
// mismatched API version, nor a missing image is taken for it.
var notFound = regexp.MustCompile(`(?i)\bno such container\b|\bcontainer not found\b`)

// isContainerNotFound reports whether err says that a container does not exist.
// It is false for nil, and for every error that could be transient. The type is
// looked at first, for the client answers one; the text only where a layer in
// between has dropped the type.
func isContainerNotFound(err error) bool {
	if err == nil {
		return false
	}
	if errdefs.IsNotFound(err) {
		return !aboutAnother.MatchString(err.Error())
	}
	return notFound.MatchString(err.Error())
}

// aboutAnother matches not-found errors of what a container is made of: the
// daemon answers 404 for those, too, and for a path that it does not know.
var aboutAnother = regexp.MustCompile(`(?i)\bno such (image|network|volume)\b|\b(image|network|volume) \S+ not found\b|\bpage not found\b`)
