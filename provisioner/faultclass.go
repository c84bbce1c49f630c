package provisioner

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"io/fs"
	"net"
	"strings"
	"syscall"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/client"
	"github.com/sony/gobreaker/v2"
)

// faultClass returns the class of an error that a question to the engine ended
// with:
//
//	strange         an answer that cannot be understood (ErrAnswer)
//	breaker         no question: the engine is left alone for a while
//	foreign, name   no question: ErrForeign, ErrName
//	deadline, eof, reset, refused, missing-socket, permission, dns, tls, unreachable
//	                no answer
//	throttled, unavailable, internal, denied, invalid, conflict
//	                an answer that says no more than its status
//	not-found       a 404 of something else than the container
//	canceled, other
//
// It looks at types first; the client turns most errors of connecting into one
// without a cause, whose words are all that is left.
func faultClass(err error) string {
	for _, class := range classes {
		if class.is(err) {
			return class.name
		}
	}
	return "other"
}

var classes = []struct {
	name string
	is   func(error) bool
}{
	{"strange", among(ErrAnswer)},
	{"breaker", among(gobreaker.ErrOpenState, gobreaker.ErrTooManyRequests)},
	{"foreign", among(ErrForeign)},
	{"name", among(ErrName)},
	{"canceled", among(context.Canceled)},
	{"deadline", func(err error) bool {
		timeout, ok := errors.AsType[net.Error](err)
		return errors.Is(err, context.DeadlineExceeded) || ok && timeout.Timeout()
	}},
	{"dns", func(err error) bool { return errors.As(err, new(*net.DNSError)) || says("no such host")(err) }},
	{"tls", func(err error) bool {
		return errors.As(err, new(tls.RecordHeaderError)) || errors.As(err, new(*tls.CertificateVerificationError)) || says("HTTPS server", "TLS-enabled daemon", "tls: ")(err)
	}},
	{"eof", among(io.EOF, io.ErrUnexpectedEOF)},
	{"reset", among(syscall.ECONNRESET, syscall.EPIPE)},
	{"refused", anyOf(among(syscall.ECONNREFUSED), says("connection refused"))},
	{"missing-socket", anyOf(among(fs.ErrNotExist), says("no such file or directory"))},
	{"permission", anyOf(among(fs.ErrPermission), says("permission denied"))},
	{"unreachable", client.IsErrConnectionFailed},
	{"throttled", errdefs.IsResourceExhausted},
	{"unavailable", errdefs.IsUnavailable},
	{"internal", errdefs.IsInternal},
	{"denied", anyOf(errdefs.IsUnauthorized, errdefs.IsPermissionDenied)},
	{"conflict", errdefs.IsConflict},
	{"invalid", errdefs.IsInvalidArgument},
	{"not-found", errdefs.IsNotFound},
}

func among(targets ...error) func(error) bool {
	return func(err error) bool {
		for _, target := range targets {
			if errors.Is(err, target) {
				return true
			}
		}
		return false
	}
}

func says(words ...string) func(error) bool {
	return func(err error) bool {
		for _, w := range words {
			if strings.Contains(err.Error(), w) {
				return true
			}
		}
		return false
	}
}

func anyOf(conditions ...func(error) bool) func(error) bool {
	return func(err error) bool {
		for _, is := range conditions {
			if is(err) {
				return true
			}
		}
		return false
	}
}
