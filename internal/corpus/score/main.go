// The score command compares what errswallow reports in public repositories
// with the labels of package corpus.
//
//	errswallow -json ./... > /tmp/found.json   # in ROOT/owner/name
//	go -C internal/corpus run ./score -root ROOT /tmp/found.json ...
//
// Labels of repositories that do not stand below ROOT are left out. It exits with
// 0 whatever the score, and with 2 when it cannot compare.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/errswallow/errswallow/internal/corpus"
)

func main() {
	root := flag.String("root", ".", "`folder` that the repositories stand in, as owner/name")
	more := flag.String("labels", "", "`file` of labels to compare with in the place of this project's")
	blind := flag.Bool("blind", false, "compare with blind labels only")
	flag.Parse()
	if err := run(*root, *more, *blind, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "score:", err)
		os.Exit(2)
	}
}

func run(root, more string, blind bool, files []string) error {
	root, err := filepath.Abs(root)
	if err != nil {
		return err
	}
	labels, err := read(more)
	if err != nil {
		return err
	}
	labels = slices.DeleteFunc(labels, func(l corpus.Label) bool {
		_, err := os.Stat(filepath.Join(root, filepath.FromSlash(l.Repo)))
		return err != nil || blind && !l.Blind
	})
	var diagnostics []corpus.Diagnostic
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		found, err := corpus.ReadDiagnostics(root, f)
		f.Close()
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		diagnostics = append(diagnostics, found...)
	}
	return corpus.Compare(labels, diagnostics).Write(os.Stdout)
}

// read reads a file of labels, or this project's.
func read(name string) ([]corpus.Label, error) {
	if name == "" {
		return corpus.Labels()
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return corpus.Read(name, f)
}
