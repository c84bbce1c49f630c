package load

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
	"golang.org/x/tools/go/packages"
)

// Of a module whose go.mod nobody hands out the go command does not know what it requires,
// and so no version of any: one that is private, or withdrawn, leaves a program without a
// single import. It is replaced by a module with nothing in it, in copies of go.mod or
// go.work, so that only what it should have declared is missing.

// unreachable matches what the go command says of such a module, or of one that stands in for
// it.
var unreachable = regexp.MustCompile(`([^\s:@(]+)@([^\s:@)]+)(?: \(replaced by [^)]+\))?: (?:reading \S+\.mod: |invalid version: |unrecognized import path |module lookup disabled)`)

// maxUnreachable is how many modules are replaced before it is left at that.
const maxUnreachable = 20

// withoutUnreachable lists again without the modules that cannot be reached, one after the
// other: the go command tells of the first. Where nothing is listed, said is why.
func (l *listing) withoutUnreachable(patterns []string) (said string, err error) {
	var left []string
	for len(left) < maxUnreachable {
		if said = ""; len(l.roots) == 0 {
			said = l.config.refused(patterns)
		}
		m := l.unreachable(said)
		if m.Path == "" {
			break
		}
		if err := l.empty(m, len(left)); err != nil {
			return "", err
		}
		left = append(left, m.String())
		if l.roots, err = l.config.roots(patterns); err != nil {
			return "", err
		}
	}
	if len(left) > 0 {
		l.notes = append(l.notes, fmt.Sprintf("%s cannot be downloaded: what is declared there is taken for anything", strings.Join(left, ", ")))
	}
	return said, nil
}

// unreachable returns a module for want of which packages were not found, or nothing was
// listed, as was said; without a path if there is none.
func (l *listing) unreachable(said string) (module module.Version) {
	look := func(said string) {
		if m := unreachable.FindStringSubmatch(said); m != nil && module.Path == "" {
			module.Path, module.Version = m[1], m[2]
		}
	}
	packages.Visit(l.roots, nil, func(p *packages.Package) {
		for _, e := range p.Errors {
			look(e.Msg)
		}
	})
	look(said)
	return module
}

// empty has the go command take a folder with nothing in it for a module.
func (l *listing) empty(m module.Version, n int) error {
	if l.scratch == "" {
		var err error
		if l.scratch, err = os.MkdirTemp("", "errswallow"); err != nil {
			return err
		}
	}
	folder := filepath.Join(l.scratch, fmt.Sprintf("empty%d", n))
	if err := os.Mkdir(folder, 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, "go.mod"), []byte("module "+m.Path+"\n"), 0o600); err != nil {
		return err
	}
	cmd := exec.Command("go", "env", "GOMOD", "GOWORK")
	cmd.Dir = l.dir
	out, err := cmd.Output()
	if err != nil {
		return err
	}
	mod, work, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	if work = strings.TrimSpace(work); work != "" && work != "off" {
		return l.emptyIn(work, "go.work.sum", workspace, m, folder)
	}
	return l.emptyIn(mod, "go.sum", single, m, folder)
}

// emptyIn replaces a module in the copy of a go.mod or a go.work, which is made if there is
// none yet, and with it that of its sums.
func (l *listing) emptyIn(file, sums string, edit func(text []byte, file string, m module.Version, folder string) ([]byte, error), m module.Version, folder string) error {
	dir, name := filepath.Split(file)
	copied := filepath.Join(l.scratch, name)
	text, err := os.ReadFile(copied)
	if errors.Is(err, fs.ErrNotExist) {
		if text, err = os.ReadFile(filepath.Join(dir, sums)); err == nil {
			err = os.WriteFile(filepath.Join(l.scratch, sums), text, 0o600)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if text, err = os.ReadFile(file); err == nil && name == "go.work" {
			l.config.env = append(l.config.env, "GOWORK="+copied)
		} else if err == nil {
			l.config.flags = append(l.config.flags, "-modfile="+copied)
		}
	}
	if err != nil {
		return err
	}
	if text, err = edit(text, file, m, folder); err != nil {
		return err
	}
	return os.WriteFile(copied, text, 0o600)
}

// single replaces a module in the text of a go.mod; what it replaces already by folders
// beside the file stays there.
func single(text []byte, file string, m module.Version, folder string) ([]byte, error) {
	f, err := modfile.Parse(file, text, nil)
	if err != nil {
		return nil, err
	}
	for _, r := range f.Replace {
		if path, ok := beside(file, r.New.Path); ok {
			if err := f.AddReplace(r.Old.Path, r.Old.Version, path, ""); err != nil {
				return nil, err
			}
		}
	}
	if err := f.AddReplace(m.Path, m.Version, folder, ""); err != nil {
		return nil, err
	}
	return f.Format()
}

// workspace does that in the text of a go.work.
func workspace(text []byte, file string, m module.Version, folder string) ([]byte, error) {
	f, err := modfile.ParseWork(file, text, nil)
	if err != nil {
		return nil, err
	}
	for _, u := range f.Use {
		if path, ok := beside(file, u.Path); ok {
			u.Syntax.Token[len(u.Syntax.Token)-1] = modfile.AutoQuote(path)
		}
	}
	for _, r := range f.Replace {
		if path, ok := beside(file, r.New.Path); ok {
			if err := f.AddReplace(r.Old.Path, r.Old.Version, path, ""); err != nil {
				return nil, err
			}
		}
	}
	if err := f.AddReplace(m.Path, m.Version, folder, ""); err != nil {
		return nil, err
	}
	return modfile.Format(f.Syntax), nil
}

// beside returns the absolute path of a folder that is named by where a file is.
func beside(file, path string) (string, bool) {
	if !modfile.IsDirectoryPath(path) || filepath.IsAbs(path) {
		return "", false
	}
	return filepath.Join(filepath.Dir(file), path), true
}
