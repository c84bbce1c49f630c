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
	if v.live() {
		return nil
	}
	var err error
	if v.absent() {
		v, err = s.create(ctx, s.name, "")
	}
	if errdefs.IsConflict(err) { // somebody was faster
		v, err = s.own(ctx, s.name)
	}
	if err != nil {
		return err
	}
	return s.start(ctx, v)
}

// create creates a container, with the volumes of another if there is one. What it
// returns is a verdict as of before a start.
func (s *site) create(ctx context.Context, name, volumesFrom string) (Verdict, error) {
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
		return Verdict{}, fmt.Errorf("create: %w", err)
	}
	if !containerName.MatchString(created.ID) {
		return Verdict{}, fmt.Errorf("create: %w: id %q", ErrAnswer, created.ID)
	}
	return Verdict{ID: created.ID, Status: container.StateCreated}, nil
}

// errUnconfirmed is of an act that was answered with success. What comes with it is said
// of the act by nobody.
var errUnconfirmed = errors.New("answered with success, and not confirmed")

// confirm asks what has become of an act that was answered with success, for as long as
// the act may take: the client takes any status below 400 for success, of whomever it
// is. ref is a name or an id.
func (s *site) confirm(ctx context.Context, act, ref string, done func(now Verdict) bool) error {
	now, err := s.inspector.persist(ctx, ref, time.Now())
	if err == nil && !done(now) {
		err = fmt.Errorf("%w: it was not done", ErrAnswer)
	}
	if err != nil {
		return fmt.Errorf("%s: %w: %w", act, errUnconfirmed, err)
	}
	return nil
}

// start starts the container of a verdict.
func (s *site) start(ctx context.Context, v Verdict) error {
	ctx, cancel := context.WithTimeout(ctx, s.config.Timeout)
	defer cancel()
	s.addresses.Delete(s.workspace)
	if err := s.engine.ContainerStart(ctx, v.ID, container.StartOptions{}); err != nil {
		return fmt.Errorf("start: %w", err)
	}
	return s.confirm(ctx, "start", v.ID, func(now Verdict) bool { return now.live() || now.startedSince(v) })
}

// stop stops the container of a verdict.
func (s *site) stop(ctx context.Context, v Verdict) error {
	ctx, cancel := context.WithTimeout(ctx, s.config.Timeout+s.config.Grace)
	defer cancel()
	grace := int(s.config.Grace / time.Second)
	err := s.engine.ContainerStop(ctx, v.ID, container.StopOptions{Timeout: &grace})
	if isContainerNotFound(err, v.ID) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("stop: %w", err)
	}
	return s.confirm(ctx, "stop", v.ID, func(now Verdict) bool { return !now.live() || now.startedSince(v) })
}

// remove removes a container. Without Force in the options the engine refuses to
// remove one that runs, whatever was seen of it before.
func (s *site) remove(ctx context.Context, id string, options container.RemoveOptions) error {
	ctx, cancel := context.WithTimeout(ctx, s.config.Timeout)
	defer cancel()
	s.addresses.Delete(s.workspace)
	err := s.engine.ContainerRemove(ctx, id, options)
	if isContainerNotFound(err, id) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("remove: %w", err)
	}
	return s.confirm(ctx, "remove", id, Verdict.absent)
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
	return s.confirm(ctx, "rename", name, func(now Verdict) bool { return now.ID == id })
}

// replace puts a new container in the place of another, with its volumes. The old
// one is stopped if it ran, and removed once the new one runs; when that does not come
// to run, the old one stays, and runs if it did. One that did not run, and was started
// by somebody since, goes on: the engine refuses to remove it.
func (s *site) replace(ctx context.Context, old Verdict) error {
	next, err := s.create(ctx, s.next, old.ID)
	if err != nil {
		return err
	}
	if old.Running {
		if err := s.stop(ctx, old); err != nil {
			return errors.Join(err, s.discard(ctx, next.ID))
		}
	}
	if err := s.start(ctx, next); err != nil {
		err = errors.Join(err, s.discard(ctx, next.ID))
		if old.Running {
			err = errors.Join(err, s.start(ctx, old))
		}
		return err
	}
	return s.promote(ctx, old, next.ID)
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
// then. A container that runs is not replaced: the one for its place is removed. One
// that the engine removes has to go first: what is to take its place has its volumes.
func (s *site) settle(ctx context.Context) (Verdict, error) {
	v, err := s.own(ctx, s.name)
	if err == nil && v.Status == container.StateRemoving {
		err = ErrRemoving
	}
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
