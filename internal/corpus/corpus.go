// Package corpus holds functions of public repositories that were judged by
// hand, and compares what errswallow reports there with them.
//
// A label is one function at one commit: the rule that it breaks, "silent" where
// nothing may be reported, or "arguable" where either will do. Half of the labels
// were written before errswallow was run on the repository: these are blind.
package corpus

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/errswallow/errswallow/analyzer"
)

// The words that a label can expect besides the id of a rule.
const (
	Silent   = "silent"
	Arguable = "arguable"
)

//go:embed labels.jsonl
var labels string

// A Label is the judgement of one function.
type Label struct {
	Repo    string `json:"repo"`              // owner/name on GitHub
	Commit  string `json:"commit"`            // 40 hex digits
	File    string `json:"file"`              // from the root of the repository
	Line    int    `json:"line"`              // where the function begins
	Func    string `json:"func"`              // its name, without a receiver
	Library string `json:"library,omitempty"` // whose calls it makes, "" for a container's
	Expect  string `json:"expect"`            // the id of a rule, Silent or Arguable
	Note    string `json:"note"`              // why
	Blind   bool   `json:"blind,omitempty"`
}

// Labels returns the labels of this project.
func Labels() ([]Label, error) { return Read("labels.jsonl", strings.NewReader(labels)) }

// Read reads labels, one JSON object a line. Its error names the line, and what is
// wrong in it.
func Read(name string, r io.Reader) ([]Label, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	var out []Label
	for i, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
		var l Label
		d := json.NewDecoder(strings.NewReader(line))
		d.DisallowUnknownFields()
		if err := d.Decode(&l); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, i+1, err)
		}
		if err := l.validate(); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, i+1, err)
		}
		out = append(out, l)
	}
	return out, nil
}

func (l Label) validate() error {
	switch {
	case strings.Count(l.Repo, "/") != 1:
		return fmt.Errorf("repo %q is no owner/name", l.Repo)
	case len(l.Commit) != 40:
		return fmt.Errorf("commit %q has not 40 digits", l.Commit)
	case l.File == "" || l.Line <= 0 || l.Func == "":
		return fmt.Errorf("no file, line or func")
	case !l.fires() && l.Expect != Silent && l.Expect != Arguable:
		return fmt.Errorf("expect %q is no rule, nor %s, nor %s", l.Expect, Silent, Arguable)
	}
	return nil
}

// fires reports whether a rule is expected.
func (l Label) fires() bool {
	return slices.ContainsFunc(analyzer.Rules(), func(r analyzer.Rule) bool { return r.ID == l.Expect })
}

// String returns the place as people look it up, and the judgement.
func (l Label) String() string {
	return fmt.Sprintf("%s %s:%d %s (%s): %s", l.Repo, l.File, l.Line, l.Func, l.Expect, l.Note)
}
