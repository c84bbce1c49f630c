package load

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// A listing is what the go command knows of packages.
type listing struct {
	roots []*packages.Package
	// config is how it was asked, and dir where.
	config Config
	dir    string
	notes  []string
	// scratch is a folder that is asked for no longer when all is loaded, "" for none.
	scratch string
}

// done removes what was needed to list and load packages.
func (l *listing) done() {
	if l.scratch != "" {
		os.RemoveAll(l.scratch)
	}
}

// list asks the go command for packages. Where it answers nothing because what is
// vendored is not what go.mod asks for, it is asked to leave vendor aside; because go.mod
// lacks something, to add that to a copy.
func (c Config) list(patterns []string) (*listing, error) {
	dir, err := filepath.Abs(c.Dir)
	if err != nil {
		return nil, err
	}
	l := &listing{config: c, dir: dir}
	if l.roots, err = c.roots(patterns); err != nil {
		return l, err
	}
	said, err := l.withoutUnreachable(patterns)
	if err != nil || len(l.roots) > 0 {
		return l, err
	}
	if strings.Contains(said, "inconsistent vendoring") {
		l.config.flags = append(l.config.flags, "-mod=readonly")
		l.notes = append(l.notes, "go.mod and vendor/modules.txt do not agree (go mod vendor mends that): vendor is left aside")
		if l.roots, err = l.config.roots(patterns); err != nil || len(l.roots) > 0 {
			return l, err
		}
		said = l.config.refused(patterns)
	}
	if strings.Contains(said, "updates to go.mod needed") {
		if err := l.tidy(); err != nil {
			return nil, err
		}
		if l.roots, err = l.config.roots(patterns); err == nil && len(l.roots) > 0 {
			return l, nil
		}
		l.done()
	}
	if said != "" {
		return nil, errors.New(said)
	}
	return l, nil
}

// tidy has the go command use a copy of go.mod and go.sum, and add to that what they lack.
func (l *listing) tidy() error {
	cmd := exec.Command("go", "env", "GOMOD")
	cmd.Dir = l.dir
	out, err := cmd.Output()
	if err != nil {
		return err
	}
	if l.scratch, err = os.MkdirTemp("", "errswallow"); err != nil {
		return err
	}
	mod := strings.TrimSpace(string(out))
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(filepath.Dir(mod), name))
		if err != nil && !(name == "go.sum" && errors.Is(err, fs.ErrNotExist)) {
			return err
		}
		if err := os.WriteFile(filepath.Join(l.scratch, name), text, 0o600); err != nil {
			return err
		}
	}
	l.config.flags = append(l.config.flags, "-mod=mod", "-modfile="+filepath.Join(l.scratch, "go.mod"))
	l.notes = append(l.notes, "go.mod is not up to date (go mod tidy mends that): a copy of it is used, with what it lacks")
	return nil
}

// roots lists the packages that match the patterns. One that is in no folder has no
// files: go/packages lends it the file that imports it.
func (c Config) roots(patterns []string) ([]*packages.Package, error) {
	roots, err := packages.Load(c.listing(), patterns...)
	packages.Visit(roots, nil, func(p *packages.Package) {
		if p.Dir == "" {
			p.GoFiles = nil
		}
	})
	return roots, err
}

// refused returns why the go command lists nothing, in one line, or "": go/packages
// keeps some of what it says to itself.
func (c Config) refused(patterns []string) string {
	cfg := c.withoutCompiling()
	cmd := exec.Command("go", slices.Concat([]string{"list", "-e", "-export"}, cfg.BuildFlags, []string{"--"}, patterns)...)
	cmd.Dir, cmd.Env = cfg.Dir, cfg.Env
	var said bytes.Buffer
	cmd.Stderr = &said
	if cmd.Run() == nil {
		return ""
	}
	why := joined(said.String())
	if tooOld.MatchString(why) {
		why += "; install that Go, or have the go command fetch it with GOTOOLCHAIN=auto"
	}
	return why
}

// Missing says why there is no package of an import path, in one line; "" if the go
// command knows where it is, or has something else to say.
func (c Config) Missing(path string) string {
	cfg := c.packages()
	cmd := exec.Command("go", slices.Concat([]string{"list", "-find"}, cfg.BuildFlags, []string{"--", path})...)
	cmd.Dir, cmd.Env = cfg.Dir, cfg.Env
	var said bytes.Buffer
	cmd.Stderr = &said
	if cmd.Run() == nil {
		return ""
	}
	if why := joined(said.String()); nowhere.MatchString(why) {
		return why
	}
	return ""
}

// nowhere matches what the go command says of a package that it finds nowhere.
var nowhere = regexp.MustCompile(`no required module provides package|cannot find (module providing )?package|is not in std|does not contain package`)

// tooOld matches what a go command says that may not become a newer one.
var tooOld = regexp.MustCompile(`requires go >= .*GOTOOLCHAIN=`)
