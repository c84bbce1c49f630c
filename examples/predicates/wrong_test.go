package predicates

import (
	"context"
	"errors"
	"net"
	"slices"
	"strings"
	"testing"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/client"
	docker "github.com/fsouza/go-dockerclient"

	"github.com/errswallow/errswallow/faultkit"
)

// unless is Docker, but for faults that are taken for absence.
func unless(absent func(error) bool) func(context.Context, string, string) (bool, error) {
	return func(ctx context.Context, host, id string) (bool, error) {
		running, err := Docker(ctx, host, id)
		if err != nil && absent(err) {
			return false, nil
		}
		return running, err
	}
}

// inspect is a call of a client of docker's; before it, whatever first does.
func inspect(ctx context.Context, host, id string, first func(*client.Client) error) (running bool, before, err error) {
	cli, err := client.NewClientWithOpts(client.WithHost(host), client.WithVersion("1.41"))
	if err != nil {
		return true, err, nil
	}
	defer cli.Close()
	if err := first(cli); err != nil {
		return true, err, nil
	}
	info, err := cli.ContainerInspect(ctx, id)
	return err == nil && info.ContainerJSONBase != nil && info.State != nil && info.State.Running, nil, err
}

// TestWrong has each of the ways to be wrong found out, by the faults that it is wrong
// about.
func TestWrong(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		wrong  func(context.Context, string, string) (bool, error)
		broken []string // cases
	}{
		{"any no such", unless(func(err error) bool { return strings.Contains(strings.ToLower(err.Error()), "no such") }),
			[]string{"running, DNS", "running, 404 node", "running, 404 image"}},
		{"any 404", unless(errdefs.IsNotFound), []string{"running, 404 default backend", "running, 404 {}", "running, 404 Not Found"}},
		{"any status of the client's", unless(func(err error) bool {
			return errdefs.IsInvalidArgument(err) || errdefs.IsUnauthorized(err) || errdefs.IsPermissionDenied(err) || errdefs.IsConflict(err) || errdefs.IsResourceExhausted(err)
		}), []string{"running, 400 too new", "running, 401", "running, 403", "running, 409", "running, 429"}},
		{"canceled", unless(func(err error) bool { return errors.Is(err, context.Canceled) }), []string{"running, canceled by the caller"}},
		{"200 without a state", unless(func(err error) bool { return errors.Is(err, errAnswer) }), []string{"running, 200 null", "running, 200 {}", "running, 200, State null"}},
		{"what is not reached", unless(func(err error) bool {
			return errors.As(err, new(*net.DNSError)) || strings.Contains(err.Error(), "TLS-enabled") || strings.Contains(err.Error(), "permission denied")
		}), []string{"running, DNS", "running, TLS"}},
		{"only the second call swallowed", func(ctx context.Context, host, id string) (bool, error) {
			running, before, _ := inspect(ctx, host, id, func(cli *client.Client) error { _, err := cli.ServerVersion(ctx); return err })
			return running, before
		}, []string{"running, 500 at call 2", "running, connection refused at call 2"}},
		{"Ping decides", func(ctx context.Context, host, id string) (bool, error) {
			running, before, err := inspect(ctx, host, id, func(cli *client.Client) error { _, err := cli.Ping(ctx); return err })
			if before != nil {
				return true, before
			}
			return running && err == nil, nil
		}, []string{"running, 500 at call 2", "running, 404 HTML at call 2"}},
		{"what fsouza's client says is not there", func(ctx context.Context, host, id string) (bool, error) {
			cli, err := docker.NewClient(host)
			if err != nil {
				return true, err
			}
			info, err := cli.InspectContainerWithOptions(docker.InspectContainerOptions{Context: ctx, ID: id})
			if errors.As(err, new(*docker.NoSuchContainer)) {
				return false, nil
			}
			if err != nil {
				return true, err
			}
			return runs(info.State.Status)
		}, []string{"running, 404 default backend", "running, 404 HTML"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			table, err := faultkit.Try[bool](t.Context(), faultkit.InProcess(t), test.wrong)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range test.broken {
				if !slices.ContainsFunc(table.Broken(), func(row faultkit.Row) bool { return row.Name() == name }) {
					t.Errorf("kept in case %q:\n%s", name, table.Broken())
				}
			}
		})
	}
}
