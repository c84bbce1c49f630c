// Package revision lays out the files of a commit of a git repository, to be looked at
// beside those that are there. Nothing is written into the repository.
package revision

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A Revision is a commit, as one folder of a repository sees it.
type Revision struct {
	// Commit is its hash.
	Commit string

	// top is the repository's folder, and prefix the way from there to the one that sees it.
	top, prefix string
}

// Before returns the commit where the branch began that is checked out in a folder: the
// last one that it has in common with a revision, spelled as git spells them. Its error is
// one line.
func Before(dir, revision string) (*Revision, error) {
	top, err := git(dir, "rev-parse", "--show-toplevel")
	if err != nil {
		return nil, err
	}
	prefix, err := git(dir, "rev-parse", "--show-prefix")
	if err != nil {
		return nil, err
	}
	if _, err := git(dir, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}"); err != nil {
		return nil, fmt.Errorf("git knows no revision %q (a checkout of a pull request needs its history: fetch-depth: 0)", revision)
	}
	commit, err := git(dir, "merge-base", "--end-of-options", revision, "HEAD")
	if err != nil {
		return nil, fmt.Errorf("%q and HEAD have no commit in common (a checkout of a pull request needs its history: fetch-depth: 0)", revision)
	}
	return &Revision{commit, top, prefix}, nil
}

// Lay writes the files of the commit into a folder, and returns the one in it that
// corresponds to that of the repository which sees it.
func (r *Revision) Lay(dir string) (string, error) {
	archive := exec.Command("git", "-C", r.top, "archive", "--format=tar", r.Commit)
	var said bytes.Buffer
	archive.Stderr = &said
	out, err := archive.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := archive.Start(); err != nil {
		return "", err
	}
	err = unpack(dir, out)
	if err != nil {
		out.Close() // git stops, too
	}
	if wait := archive.Wait(); err == nil && wait != nil {
		err = fmt.Errorf("git archive: %w: %s", wait, strings.TrimSpace(said.String()))
	}
	return filepath.Join(dir, filepath.FromSlash(r.prefix)), err
}

// unpack writes what is in a tar file into a folder, and nothing outside of it.
func unpack(dir string, from io.Reader) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	for files := tar.NewReader(from); ; {
		header, err := files.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		name := filepath.FromSlash(strings.TrimSuffix(header.Name, "/"))
		switch header.Typeflag {
		case tar.TypeDir:
			err = root.MkdirAll(name, 0o755)
		case tar.TypeSymlink:
			err = root.Symlink(header.Linkname, name)
		case tar.TypeReg:
			err = write(root, name, files)
		}
		if err != nil {
			return err
		}
	}
}

func write(root *os.Root, name string, from io.Reader) error {
	file, err := root.Create(name)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, from)
	return errors.Join(err, file.Close())
}

// git runs git in a folder and returns the line that it prints, or what it says is wrong.
func git(dir string, args ...string) (string, error) {
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		line, _, _ := strings.Cut(strings.TrimSpace(said.String()), "\n")
		if line == "" {
			return "", fmt.Errorf("git %s: %w", args[0], err)
		}
		return "", fmt.Errorf("git %s: %s", args[0], line)
	}
	return strings.TrimSuffix(out.String(), "\n"), nil
}
