package provisioner

import (
	"errors"
	"slices"
	"strings"

	"github.com/containerd/errdefs"
)

// isContainerNotFound reports whether err says, in the daemon's words, that the
// container that was asked for as ref, by its name or its id, does not exist. It
// is an allowlist: status 404 alone says nothing, for the client types every one
// as not found, those of proxies, of other objects and of unknown paths among
// them; the words alone say nothing, for an error without that type has another
// status, or lost it on the way. It is false for nil.
func isContainerNotFound(err error, ref string) bool {
	if !errdefs.IsNotFound(err) || saysOtherwise(err) {
		return false
	}
	words := strings.TrimPrefix(cause(err).Error(), "Error response from daemon: ")
	return slices.Contains(absences(ref), words)
}

// absences returns the words with which daemons say that a container does not
// exist: those of moby (daemon/container.go) and of podman (libpod/define).
func absences(ref string) []string {
	return []string{
		"No such container: " + ref,
		`no container with name or ID "` + ref + `" found: no such container`,
	}
}

// saysOtherwise reports whether an error has, beside the type of absence, one that
// says that something else has happened, too.
func saysOtherwise(err error) bool {
	return slices.ContainsFunc([]func(error) bool{
		errdefs.IsAborted, errdefs.IsAlreadyExists, errdefs.IsCanceled, errdefs.IsConflict, errdefs.IsDataLoss,
		errdefs.IsDeadlineExceeded, errdefs.IsFailedPrecondition, errdefs.IsInternal, errdefs.IsInvalidArgument,
		errdefs.IsNotImplemented, errdefs.IsNotModified, errdefs.IsOutOfRange, errdefs.IsPermissionDenied,
		errdefs.IsResourceExhausted, errdefs.IsUnauthorized, errdefs.IsUnavailable, errdefs.IsUnknown,
	}, func(is func(error) bool) bool { return is(err) })
}

// cause returns the innermost error that err wraps.
func cause(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}
