// Package clitest helps tests of commands: it builds them, runs them, and makes
// folders for them to run in.
package clitest

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Main builds packages, runs the tests and ends the process. binaries has where
// each command is, in the order of the packages; a package is a folder.
func Main(m *testing.M, binaries []*string, packages ...string) {
	dir, err := os.MkdirTemp("", "clitest")
	if err != nil {
		panic(err)
	}
	// What one test learns is nothing to the next run of the tests.
	os.Setenv("ERRSWALLOW_CACHE", filepath.Join(dir, "cache"))
	// Nor is it whose job the tests are.
	for _, name := range []string{"GITHUB_WORKSPACE", "GITHUB_STEP_SUMMARY", "CI_PROJECT_DIR"} {
		os.Unsetenv(name)
	}
	for i, pkg := range packages {
		path, err := filepath.Abs(pkg)
		if err != nil {
			panic(err)
		}
		*binaries[i] = filepath.Join(dir, filepath.Base(path))
		build := exec.Command("go", "build", "-o", *binaries[i], ".")
		build.Dir, build.Stderr = path, os.Stderr
		if err := build.Run(); err != nil {
			panic(err)
		}
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// Run runs a command in a folder, with more environment variables, and returns its
// outputs and exit status. The test fails if it cannot be started.
func Run(t testing.TB, dir string, env []string, name string, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil && !errors.As(err, new(*exec.ExitError)) {
		t.Fatal(err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

// Copy returns a copy of a folder.
func Copy(t testing.TB, dir string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

// Read returns the text of a file.
func Read(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Write writes a file, and makes the folders that it is in.
func Write(t testing.TB, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
