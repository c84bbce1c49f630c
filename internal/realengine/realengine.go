// Package realengine is the Docker engine of this machine, for tests and examples:
// it brings an image of its own, made from a static binary, and leaves nothing
// behind.
package realengine

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/api/types/filters"
	"github.com/docker/docker/api/types/image"
	"github.com/docker/docker/client"
)

// ErrNone is what Open answers when no engine can be reached.
var ErrNone = errors.New("no Docker engine")

// label marks what a run of a test or an example has made; its value is the run.
const label = "errswallow.run"

// stale is the age, since it was made, of what a killed run must have left.
const stale = time.Hour

// An Engine is the machine's, for one run.
type Engine struct {
	*client.Client
	// Image is an image that runs an agent.
	Image string
	run   string
}

// Open connects to the engine that the environment names (DOCKER_HOST and so on),
// makes the image, and removes what killed runs have left. It answers ErrNone
// when the engine does not answer.
func Open(ctx context.Context) (*Engine, error) {
	cli, err := client.NewClientWithOpts(client.FromEnv, client.WithAPIVersionNegotiation())
	if err != nil {
		return nil, err
	}
	ping, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	if _, err := cli.Ping(ping); err != nil {
		cli.Close()
		return nil, fmt.Errorf("%w: %w", ErrNone, err)
	}
	e := &Engine{Client: cli, run: rand.Text()}
	if err := e.sweep(ctx, filters.NewArgs(filters.Arg("label", label)), time.Now().Add(-stale)); err != nil {
		cli.Close()
		return nil, err
	}
	if e.Image, err = e.makeImage(ctx); err != nil {
		cli.Close()
		return nil, err
	}
	return e, nil
}

// Require returns the engine, and closes it when the test ends. Without one it
// skips the test; on CI, where one must be, it fails it.
func Require(t testing.TB) *Engine {
	t.Helper()
	e := open(t)
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

// open is Open for a test, which it skips or fails.
func open(t testing.TB) *Engine {
	t.Helper()
	e, err := Open(t.Context())
	switch {
	case errors.Is(err, ErrNone) && os.Getenv("CI") == "":
		if err := appendLine(os.Getenv("ERRSWALLOW_SKIPPED"), t.Name()); err != nil {
			t.Error(err)
		}
		t.Skipf("needs a Docker engine: %v", err)
	case err != nil:
		t.Fatal(err)
	}
	return e
}

// Shared is an engine that the tests of a package share. The zero value is ready.
type Shared struct {
	mu     sync.Mutex
	engine *Engine
}

// Require returns the engine, which stays open until Close. Without one it does as
// the function Require does.
func (s *Shared) Require(t testing.TB) *Engine {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.engine == nil {
		s.engine = open(t)
	}
	return s.engine
}

// Close closes the engine, if there is one.
func (s *Shared) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.engine == nil {
		return nil
	}
	return s.engine.Close()
}

// appendLine adds a line to a file, if one is named.
func appendLine(name, line string) error {
	if name == "" {
		return nil
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(f, line)
	return errors.Join(err, f.Close())
}

// Labels are for every container that the run makes.
func (e *Engine) Labels() map[string]string { return map[string]string{label: e.run} }

// Prefix begins the name of every container that the run makes.
func (e *Engine) Prefix() string { return "errswallow-" + e.run + "-" }

// Close removes the containers and the image of the run. The error says, too, what
// is still there.
func (e *Engine) Close() error {
	// Whatever the run's context: this must happen.
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	own := filters.NewArgs(filters.Arg("label", label+"="+e.run))
	return errors.Join(e.sweep(ctx, own, time.Now().Add(time.Hour)), e.left(ctx, own), e.Client.Close())
}

// left answers an error that names the containers and images that match.
func (e *Engine) left(ctx context.Context, match filters.Args) error {
	containers, err := e.ContainerList(ctx, container.ListOptions{All: true, Filters: match})
	errs := []error{err}
	for _, c := range containers {
		errs = append(errs, fmt.Errorf("container %s is still there", c.ID))
	}
	images, err := e.ImageList(ctx, image.ListOptions{All: true, Filters: match})
	errs = append(errs, err)
	for _, i := range images {
		errs = append(errs, fmt.Errorf("image %s is still there", i.ID))
	}
	return errors.Join(errs...)
}

// sweep removes the containers and images that match and were made before a time.
func (e *Engine) sweep(ctx context.Context, match filters.Args, before time.Time) error {
	containers, err := e.ContainerList(ctx, container.ListOptions{All: true, Filters: match})
	if err != nil {
		return err
	}
	var errs []error
	for _, c := range containers {
		if time.Unix(c.Created, 0).Before(before) {
			err := e.ContainerRemove(ctx, c.ID, container.RemoveOptions{Force: true, RemoveVolumes: true})
			errs = append(errs, unlessGone(err))
		}
	}
	images, err := e.ImageList(ctx, image.ListOptions{All: true, Filters: match})
	errs = append(errs, err)
	for _, i := range images {
		if time.Unix(i.Created, 0).Before(before) {
			_, err := e.ImageRemove(ctx, i.ID, image.RemoveOptions{Force: true, PruneChildren: true})
			errs = append(errs, unlessGone(err))
		}
	}
	return errors.Join(errs...)
}

// unlessGone returns the error of removing something, but for one that says that
// another run has removed it, or is about to.
func unlessGone(err error) error {
	if errdefs.IsNotFound(err) || errdefs.IsConflict(err) {
		return nil
	}
	return err
}

// makeImage builds the agent as a static binary and imports it as an image.
func (e *Engine) makeImage(ctx context.Context) (string, error) {
	dir, err := os.MkdirTemp("", "errswallow")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	binary := filepath.Join(dir, "agent")
	build := exec.CommandContext(ctx, "go", "build", "-ldflags=-s -w", "-o", binary, "github.com/errswallow/errswallow/internal/realengine/agent/run")
	build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOFLAGS=")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%s: %w\n%s", build, err, out)
	}
	text, err := os.ReadFile(binary)
	if err != nil {
		return "", err
	}
	var root bytes.Buffer
	w := tar.NewWriter(&root)
	if err := w.WriteHeader(&tar.Header{Name: "agent", Mode: 0o755, Size: int64(len(text))}); err != nil {
		return "", err
	}
	if _, err := w.Write(text); err != nil {
		return "", err
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	name := fmt.Sprintf("errswallow-agent:%s", e.run)
	progress, err := e.ImageImport(ctx, image.ImportSource{Source: &root, SourceName: "-"}, name, image.ImportOptions{
		Platform: "linux/" + runtime.GOARCH,
		Changes:  []string{`ENTRYPOINT ["/agent"]`, `VOLUME /data`, fmt.Sprintf("LABEL %s=%s", label, e.run)},
	})
	if err != nil {
		return "", err
	}
	defer progress.Close()
	_, err = io.Copy(io.Discard, progress)
	return name, err
}
