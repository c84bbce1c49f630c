package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/errswallow/errswallow/analyzer"
	"github.com/errswallow/errswallow/internal/cache"
	"github.com/errswallow/errswallow/internal/finding"
	"github.com/errswallow/errswallow/internal/revision"
)

// before returns what was found where the branch began, with the settings of now: by rule
// and function, as a baseline has it. It is kept by the commit.
func (o *options) before() (finding.Baseline, error) {
	if i := slices.IndexFunc(o.patterns, func(p string) bool { return filepath.IsAbs(p) }); i >= 0 {
		return nil, fmt.Errorf("-new-from: %s is the same folder in every commit: name packages from here, as ./...", o.patterns[i])
	}
	at, err := revision.Before(".", o.newFrom)
	if err != nil {
		return nil, fmt.Errorf("-new-from: %w", err)
	}
	kept := cache.Open(o.cache)
	key, err := o.beforeKey(at)
	if err != nil {
		return nil, err
	}
	if text := kept.Get(key); text != nil {
		if known, err := finding.ParseBaseline("-new-from", bytes.NewReader(text)); err == nil {
			return known, nil
		}
	}
	dir, err := os.MkdirTemp("", "errswallow-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	folder, err := at.Lay(dir)
	if err != nil {
		return nil, fmt.Errorf("-new-from: %w", err)
	}
	then := *o
	then.cache, then.past = cache.Off, folder
	known := finding.Baseline{}
	if _, err := os.Stat(folder); err == nil {
		report, _, err := analyse(&then, analyzer.New)
		if err != nil {
			say(fmt.Sprintf("-new-from: %.12s cannot be analysed, so all is new: %s", at.Commit, strings.ReplaceAll(strings.ReplaceAll(err.Error(), dir+string(filepath.Separator), ""), "\n", "; ")))
			return known, nil
		}
		report.Drop(finding.Nolint(analyzer.Analyzer.Name))
		known = finding.NewBaseline(report)
	}
	kept.Put(key, known.Text())
	return known, nil
}

// beforeKey is what the findings of a commit are kept under: all that they depend on.
func (o *options) beforeKey(at *revision.Revision) (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	salt, err := o.salt(self)
	if err != nil {
		return "", err
	}
	here, err := os.Getwd()
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "before %s %q %q %q %v %q", at.Commit, here, salt, o.patterns, o.tests, o.tags))), nil
}
