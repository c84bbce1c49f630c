// Package errors requires what the library names.
package errors

import (
	_ "github.com/containerd/containerd/errdefs"
	_ "github.com/containerd/errdefs"
	_ "github.com/docker/docker/client"
	_ "github.com/go-playground/validator/v10"
	_ "github.com/hashicorp/go-multierror"
	_ "github.com/pkg/errors"
	_ "go.uber.org/multierr"
	_ "google.golang.org/grpc/status"
)
