package docs_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/errswallow/errswallow/internal/clitest"
)

// TestSharedCache has a second machine, whose own cache is empty, vet what a first
// one has: errswallow is not run again, and the answer is the same.
func TestSharedCache(t *testing.T) {
	clitest.Slow(t, "vets the standard library")
	t.Parallel()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	remote, dir := t.TempDir(), t.TempDir()
	for name, text := range map[string]string{
		"go.mod":     "module example.com/m\n\ngo 1.26.0\n",
		"rt/rt.go":   "package rt\n\nimport \"errors\"\n\n// Inspect asks.\n//\n//errswallow:query\nfunc Inspect(id string) (bool, error) { return false, errors.New(id) }\n",
		"use/use.go": "package use\n\nimport \"example.com/m/rt\"\n\nfunc Exists(id string) bool {\n\t_, err := rt.Inspect(id)\n\treturn err == nil\n}\n",
		"tool":       "#!/bin/sh\necho \"$@\" >> \"$ERRSWALLOW_RUNS\"\nexec errswallow \"$@\"\n",
	} {
		clitest.Write(t, filepath.Join(dir, name), text)
	}
	if err := os.Chmod(filepath.Join(dir, "tool"), 0o755); err != nil {
		t.Fatal(err)
	}
	machine := func() (out string, analysed int) {
		runs := filepath.Join(t.TempDir(), "runs")
		out, status := shell(t, dir, "go vet -vettool=$PWD/tool ./...",
			"GOCACHEPROG="+self, "ERRSWALLOW_REMOTE="+remote, "ERRSWALLOW_LOCAL="+t.TempDir(), "ERRSWALLOW_RUNS="+runs)
		if status != 1 {
			t.Errorf("status %d:\n%s", status, out)
		}
		return out, strings.Count(clitest.Read(t, runs), ".cfg\n")
	}
	first, analysed := machine()
	if analysed == 0 || !strings.Contains(first, "use.go:7:2: Exists: answers false") {
		t.Errorf("the first machine analysed %d packages:\n%s", analysed, first)
	}
	second, analysed := machine()
	if analysed != 0 || second != first {
		t.Errorf("the second machine analysed %d packages:\n%s\nthe first said:\n%s", analysed, second, first)
	}
}

// serveCache is a cache program: a local folder, and behind it a remote one that
// machines share. Reference: https://pkg.go.dev/cmd/go/internal/cacheprog
func serveCache() {
	local, remote := os.Getenv("ERRSWALLOW_LOCAL"), os.Getenv("ERRSWALLOW_REMOTE")
	in, out := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	type entry struct {
		OutputID []byte
		Size     int64
		Time     *time.Time
	}
	type response struct {
		ID            int64
		Err           string   `json:",omitempty"`
		KnownCommands []string `json:",omitempty"`
		Miss          bool     `json:",omitempty"`
		entry
		DiskPath string `json:",omitempty"`
	}
	out.Encode(response{KnownCommands: []string{"get", "put", "close"}})
	for {
		var request struct {
			ID                 int64
			Command            string
			ActionID, OutputID []byte
			BodySize           int64
		}
		if err := in.Decode(&request); err != nil {
			if errors.Is(err, io.EOF) {
				return
			}
			panic(err)
		}
		answer := response{ID: request.ID}
		action := fmt.Sprintf("%x.json", request.ActionID)
		switch request.Command {
		case "put":
			var body []byte
			if request.BodySize > 0 {
				if err := in.Decode(&body); err != nil {
					panic(err)
				}
			}
			now := time.Now()
			text, err := json.Marshal(entry{request.OutputID, request.BodySize, &now})
			object := fmt.Sprintf("%x", request.OutputID)
			answer.DiskPath = filepath.Join(local, object)
			err = errors.Join(err,
				os.WriteFile(answer.DiskPath, body, 0o644),
				os.WriteFile(filepath.Join(remote, object), body, 0o644),
				os.WriteFile(filepath.Join(remote, action), text, 0o644))
			if err != nil {
				answer.Err = err.Error()
			}
		case "get":
			text, err := os.ReadFile(filepath.Join(remote, action))
			if err != nil || json.Unmarshal(text, &answer.entry) != nil {
				answer.Miss = true
				break
			}
			object := fmt.Sprintf("%x", answer.OutputID)
			body, err := os.ReadFile(filepath.Join(remote, object))
			answer.DiskPath = filepath.Join(local, object)
			if err = errors.Join(err, os.WriteFile(answer.DiskPath, body, 0o644)); err != nil {
				answer.Err = err.Error()
			}
		}
		out.Encode(answer)
		if request.Command == "close" {
			return
		}
	}
}
