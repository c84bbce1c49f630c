package provisioner

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// ErrName is what is answered about a workspace whose name could reach something
// else than a container of that name. Nothing is asked of the engine then.
var ErrName = errors.New("not a workspace name")

// containerName is what the daemon takes for a name of a container. A slash would
// begin another path of its API, and so address any object that it has.
var containerName = regexp.MustCompile(`^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}$`)

// nextSuffix ends the name of a container that is about to take the place of
// another.
const nextSuffix = ".next"

// name returns the name of a workspace's container, or ErrName.
func (p *Provisioner) name(workspace string) (string, error) {
	name := p.config.Prefix + workspace
	if !containerName.MatchString(workspace) || !containerName.MatchString(name) || strings.HasSuffix(workspace, nextSuffix) {
		return "", fmt.Errorf("%w: %q: want letters, digits, _ . and -, at most 128 with the prefix, and no %s at the end", ErrName, workspace, nextSuffix)
	}
	return name, nil
}
