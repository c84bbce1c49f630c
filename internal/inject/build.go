package inject

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// prepare writes the overlay, and drops the sites that do not compile: nobody has to spell
// types of others, and where it goes wrong all the same a site is left alone, with what the
// compiler says of it.
func (r *runner) prepare(ctx context.Context) error {
	for {
		var err error
		if err = r.overlay.write(r.packages); err != nil {
			return err
		}
		var paths []string
		for _, p := range r.packages {
			if p.tried() > 0 {
				paths = append(paths, p.Path)
			}
		}
		if len(paths) == 0 {
			return nil
		}
		var wrong *buildError
		if err = r.build(ctx, r.overlay.Name(), paths); err == nil {
			return nil
		} else if !errors.As(err, &wrong) {
			return err
		}
		if !r.blame(ctx, wrong) {
			return fmt.Errorf("the rewritten packages do not build: %w", err)
		}
	}
}

// tried counts the sites of a package that are rewritten.
func (p *Package) tried() (n int) {
	for _, s := range p.Sites {
		if s.Alone == "" {
			n++
		}
	}
	return n
}

// build compiles packages, with an overlay or with none.
func (r *runner) build(ctx context.Context, overlay string, paths []string) error {
	args := append([]string{"build", "-o", os.DevNull}, r.flags()...)
	if len(paths) > 1 {
		args = append([]string{"build"}, r.flags()...) // it keeps nothing of several
	}
	if overlay != "" {
		args = append(args, "-overlay="+overlay)
	}
	_, err := r.goCommand(ctx, append(args, paths...)...)
	return err
}

// errorLine matches what the compiler says of a line.
var errorLine = regexp.MustCompile(`(?m)^(.+?\.go):(\d+):(?:\d+:)? (.+)$`)

// blame finds out what does not build: a package as it is, or a site. It reports whether
// anything is left alone that was not.
func (r *runner) blame(ctx context.Context, wrong *buildError) bool {
	changed := false
	leave := func(s *Site, why string) {
		if s.Alone == "" {
			s.Alone, changed = why, true
		}
	}
	for _, p := range r.packages {
		if p.tried() == 0 || !strings.Contains(wrong.text, "# "+p.Path+"\n") && !strings.Contains(wrong.text, p.Dir) {
			continue
		}
		var own *buildError
		if err := r.build(ctx, "", []string{p.Path}); errors.As(err, &own) {
			r.report.problem(p.Path, "does not build: "+own.first())
			for _, s := range p.Sites {
				leave(s, "its package does not build")
			}
		}
	}
	if changed {
		return true
	}
	for _, m := range errorLine.FindAllStringSubmatch(wrong.text, -1) {
		line, _ := strconv.Atoi(m[2])
		if s := r.at(m[1], line); s != nil {
			leave(s, "rewritten, it does not compile: "+m[3])
		}
	}
	if changed {
		return true
	}
	// No line tells: all of the package.
	for _, p := range r.packages {
		if strings.Contains(wrong.text, "# "+p.Path+"\n") {
			for _, s := range p.Sites {
				leave(s, "rewritten, its package does not compile: "+wrong.first())
			}
		}
	}
	return changed
}

// at returns the site that stands at a line of a file, or last before it: what is called may
// take several.
func (r *runner) at(name string, line int) (at *Site) {
	name, err := filepath.Abs(name)
	if err != nil {
		return nil
	}
	name = cmp.Or(r.overlay.written[name], name) // the compiler names what it reads
	for _, p := range r.packages {
		for _, s := range p.Sites {
			if s.Alone == "" && s.File == name && s.Line <= line && (at == nil || s.Line > at.Line) {
				at = s
			}
		}
	}
	return at
}

// compile builds the test of a package.
func (r *runner) compile(ctx context.Context, t *Target, i int) {
	t.binary = filepath.Join(r.dir, fmt.Sprintf("%d.test", i))
	args := append([]string{"test", "-c", "-o", t.binary, "-overlay=" + r.overlay.Name()}, r.flags()...)
	if _, err := r.goCommand(ctx, append(args, t.Path)...); err != nil {
		t.problem = "its tests do not build: " + err.Error()
		return
	}
	sum := sha256.New()
	for _, err := range []error{hashFile(sum, t.binary), hashData(sum, t.Dir)} {
		if err != nil {
			t.problem = err.Error()
		}
	}
	t.sum = fmt.Sprintf("%x", sum.Sum(nil))
}

// hashFile adds the content of a file to a hash.
func hashFile(sum io.Writer, name string) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = io.Copy(sum, file)
	return err
}

// hashOf is a hash of a file's content.
func hashOf(name string) (string, error) {
	sum := sha256.New()
	err := hashFile(sum, name)
	return fmt.Sprintf("%x", sum.Sum(nil)), err
}

// hashData adds what a test may read to a hash: the files of its folder that are no Go, and
// all in testdata.
func hashData(sum io.Writer, dir string) error {
	return filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		inData := rel == "testdata" || strings.HasPrefix(rel, "testdata"+string(filepath.Separator))
		switch {
		case d.IsDir() && rel != "." && !inData:
			return fs.SkipDir
		case !d.Type().IsRegular() || !inData && strings.HasSuffix(name, ".go"):
			return nil
		}
		fmt.Fprintf(sum, "%q\n", rel)
		return hashFile(sum, name)
	})
}
