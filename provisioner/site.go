package provisioner

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/go-connections/nat"
)

// workspaceLabel holds the name of the workspace that a container belongs to. A
// provisioner finds its own containers by it, and touches no others.
const workspaceLabel = "provisioner.workspace"

// A site is where an act at a workspace's container takes place. Containers are
// looked up by name, and acted on by id.
type site struct {
	*Provisioner
	workspace  string
	name, next string // of the container, and of the one to take its place
}

// own returns what the engine says of a container with one of the names of the
// site, now, and ErrForeign if it is not the workspace's.
func (s *site) own(ctx context.Context, name string) (Verdict, error) {
	v, err := s.inspector.insist(ctx, name, time.Now())
	if err != nil {
		return v, err
	}
	if !v.absent() && v.labels[workspaceLabel] != s.workspace {
		return v, fmt.Errorf("%w: %s is not labelled %s=%s", ErrForeign, name, workspaceLabel, s.workspace)
	}
	return v, nil
}

// up creates the container, unless v says that it exists, and starts it, unless v
// says that it runs.
func (s *site) up(ctx context.Context, v Verdict) error {
	switch v.Status {
	case container.StateRunning, container.StatePaused, container.StateRestarting:
		return nil
	case container.StateRemoving:
		return ErrRemoving
	}
	if !v.absent() {
		return s.start(ctx, v.ID)
	}
	id, err := s.create(ctx, s.name, "")
	if errdefs.IsConflict(err) { // somebody was faster
		if v, err = s.own(ctx, s.name); err != nil {
			return err
		}
		id = v.ID
	}
	if err != nil {
		return err
	}
	return s.start(ctx, id)
}

// create creates a container, with the volumes of another if there is one, and
// returns its id.
func (s *site) create(ctx context.Context, name, volumesFrom string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, s.config.Timeout)
	defer cancel()
	labels := map[string]string{}
	for k, v := range s.config.Labels {
		labels[k] = v
	}
	labels[workspaceLabel] = s.workspace // whatever the configuration says
	host := &container.HostConfig{PortBindings: nat.PortMap{s.config.Port: {{HostIP: "127.0.0.1"}}}}
	if volumesFrom != "" {
		host.VolumesFrom = []string{volumesFrom}
	}
	created, err := s.engine.ContainerCreate(ctx, &container.Config{
		Image:        s.config.Image,
		Cmd:          s.config.Command,
		ExposedPorts: nat.PortSet{s.config.Port: {}},
		Labels:       labels,
	}, host, nil, nil, name)
	if err != nil {
		return "", fmt.Errorf("create: %w", err)
	}
	if created.ID == "" {
		return "", fmt.Errorf("create: %w", ErrAnswer)
	}
	return created.ID, nil
}

func (s *site) start(ctx context.Context, id string) error {
	ctx, cancel := context.WithTimeout(ctx, s.config.Timeout)
	defer cancel()
	s.addresses.Delete(s.workspace)
	if err := s.engine.ContainerStart(ctx, id, container.StartOptions{}); err != nil {
		return fmt.Errorf("start: %w", err)
	}
	return nil
}

func (s *site) stop(ctx context.Context, id string) error {
	ctx, cancel := context.WithTimeout(ctx, s.config.Timeout+s.config.Grace)
	defer cancel()
	grace := int(s.config.Grace / time.Second)
	err := s.engine.ContainerStop(ctx, id, container.StopOptions{Timeout: &grace})
	if err != nil && !isContainerNotFound(err, id) {
		return fmt.Errorf("stop: %w", err)
	}
	return nil
}

// remove removes a container. Without Force in the options the engine refuses to
// remove one that runs, whatever was seen of it before.
func (s *site) remove(ctx context.Context, id string, options container.RemoveOptions) error {
	ctx, cancel := context.WithTimeout(ctx, s.config.Timeout)
	defer cancel()
	s.addresses.Delete(s.workspace)
	err := s.engine.ContainerRemove(ctx, id, options)
	if err != nil && !isContainerNotFound(err, id) {
		return fmt.Errorf("remove: %w", err)
	}
	return nil
}

// discard removes a container that was to take the place of another, and did not.
func (s *site) discard(ctx context.Context, next string) error {
	return s.remove(ctx, next, container.RemoveOptions{Force: true})
}

func (s *site) rename(ctx context.Context, id, name string) error {
	ctx, cancel := context.WithTimeout(ctx, s.config.Timeout)
	defer cancel()
	if err := s.engine.ContainerRename(ctx, id, name); err != nil {
		return fmt.Errorf("rename: %w", err)
	}
	return nil
}

// replace puts a new container in the place of another, with its volumes. The old
// one is removed once the new one runs; when that does not come to run, the old one
// stays, and runs if it did.
func (s *site) replace(ctx context.Context, old Verdict) error {
	if old.Status == container.StateRemoving {
		return ErrRemoving
	}
	next, err := s.create(ctx, s.next, old.ID)
	if err != nil {
		return err
	}
	if err := s.stop(ctx, old.ID); err != nil {
		return errors.Join(err, s.discard(ctx, next))
	}
	if err := s.start(ctx, next); err != nil {
		err = errors.Join(err, s.discard(ctx, next))
		if old.Running {
			err = errors.Join(err, s.start(ctx, old.ID))
		}
		return err
	}
	return s.promote(ctx, old, next)
}

// promote removes a container and gives its name to the one in its place.
func (s *site) promote(ctx context.Context, old Verdict, next string) error {
	if !old.absent() {
		if err := s.remove(ctx, old.ID, container.RemoveOptions{}); err != nil {
			return err
		}
	}
	return s.rename(ctx, next, s.name)
}

// settle finishes a replacement that was interrupted, and returns what there is
// then. A container that runs is not replaced: the one for its place is removed.
func (s *site) settle(ctx context.Context) (Verdict, error) {
	v, err := s.own(ctx, s.name)
	if err != nil {
		return v, err
	}
	next, err := s.own(ctx, s.next)
	if errors.Is(err, ErrForeign) || err == nil && next.absent() {
		return v, nil
	}
	if err != nil {
		return v, err
	}
	if v.Running {
		return v, s.discard(ctx, next.ID)
	}
	if err := s.promote(ctx, v, next.ID); err != nil {
		return v, err
	}
	return next, nil
}
