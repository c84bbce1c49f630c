package provisioner

import (
	"context"
	"errors"

	"github.com/containerd/errdefs"
)

// ErrChanged is what Revive answers when the container was started, made anew or
// removed since the verdict.
var ErrChanged = errors.New("the container has changed since the verdict")

// Revive brings back the container of a workspace that v, of Look, says does not
// run: it starts it, and puts a new one in its place, with its volumes, if the
// engine refuses to, twice: one refusal may be somebody's in front of it. It looks
// once more just before. A container that has changed since is left alone, and the
// error is ErrChanged; one that the engine does not tell about is, too, and the error
// is that.
func (p *Provisioner) Revive(ctx context.Context, workspace string, v Verdict) error {
	return p.act(ctx, "revive", workspace, func(s *site) error {
		if err := s.unchanged(ctx, v); err != nil {
			return err
		}
		now, err := s.settle(ctx)
		if err != nil {
			return err
		}
		for range 2 {
			err = s.up(ctx, now)
			if now.absent() || !refused(err) || isContainerNotFound(err, now.ID) {
				return err
			}
			if changed := s.unchanged(ctx, now); changed != nil {
				return errors.Join(err, changed)
			}
		}
		if failed := s.replace(ctx, now); failed != nil {
			return errors.Join(err, failed)
		}
		return nil
	})
}

// unchanged answers ErrChanged unless the container is, now, the one of a verdict,
// and does not run.
func (s *site) unchanged(ctx context.Context, v Verdict) error {
	now, err := s.own(ctx, s.name)
	if err != nil {
		return err
	}
	if now.Running || !now.same(v) {
		return ErrChanged
	}
	return nil
}

// refused reports whether the engine has answered that it will not do what was
// asked of it, and not merely failed to answer.
func refused(err error) bool {
	return !errors.Is(err, errUnconfirmed) &&
		(errdefs.IsInternal(err) || errdefs.IsConflict(err) || errdefs.IsInvalidArgument(err) || errdefs.IsNotFound(err))
}
