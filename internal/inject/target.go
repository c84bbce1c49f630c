package inject

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync"
)

// A Target is a package whose tests are run.
type Target struct {
	// Path is the import path, and Dir the folder that its tests run in.
	Path, Dir string
	// Binary is the compiled test, and sum a hash of it and of the data beside it.
	binary, sum string
	// apart: two of its runs cannot go on at once.
	apart bool
	lock  sync.Mutex
	// Problem is why its tests say nothing, "" if they do.
	problem string
	// baseline are the runs in which nothing fails.
	baseline [2]*Outcome
	// steady are the tests that pass in both.
	steady map[string]bool
}

// listed is what the go command says of a package.
type listed struct {
	ImportPath, ForTest, Name, Dir string
	Deps                           []string
	Error                          *struct{ Err string }
}

// plain is an import path without the test that it is a variant for.
func plain(path string) string {
	path, _, _ = strings.Cut(path, " ")
	return path
}

// targets returns the packages whose tests can reach one of those that have sites, and
// whether any package has tests.
func (r *runner) targets(ctx context.Context) (found []*Target, tested bool, err error) {
	args := append([]string{"list", "-e", "-test", "-json=ImportPath,ForTest,Name,Dir,Deps,Error"}, r.flags()...)
	out, err := r.goCommand(ctx, append(args, r.Patterns...)...)
	if err != nil {
		return nil, false, err
	}
	rewritten := map[string]bool{}
	for _, p := range r.packages {
		rewritten[p.Path] = len(p.Sites) > 0
	}
	dirs := map[string]string{}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return found, tested, nil
		} else if err != nil {
			return nil, false, err
		}
		if p.ForTest == "" && !strings.HasSuffix(p.ImportPath, ".test") {
			dirs[p.ImportPath] = p.Dir
		}
		path, isTest := strings.CutSuffix(p.ImportPath, ".test")
		if !isTest || p.Name != "main" {
			continue
		}
		tested = true
		reaches := rewritten[path]
		for _, dep := range p.Deps {
			reaches = reaches || rewritten[plain(dep)]
		}
		if reaches {
			found = append(found, &Target{Path: path, Dir: dirs[path]})
		}
	}
}

// flags are those that every go command is told that builds.
func (r *runner) flags() []string {
	if r.Tags == "" {
		return nil
	}
	return []string{"-tags=" + r.Tags}
}

// goCommand runs the go command. Its error is what that says.
func (r *runner) goCommand(ctx context.Context, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if text := strings.TrimSpace(stderr.String()); text != "" {
			return nil, &buildError{text}
		}
		return nil, fmt.Errorf("go %s: %w", args[0], err)
	}
	return stdout.Bytes(), nil
}

// A buildError is what the go command says when it fails.
type buildError struct{ text string }

// Error implements error.
func (e *buildError) Error() string { return e.first() }

// first is the first line that says something.
func (e *buildError) first() string {
	for line := range strings.Lines(e.text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			return line
		}
	}
	return e.text
}
