package output

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"github.com/errswallow/errswallow/analyzer"
	"github.com/errswallow/errswallow/internal/finding"
	"github.com/errswallow/errswallow/internal/load"
)

// A notice is an entry about a package that is not analysed whole, in the form of a
// diagnostic.
type notice struct {
	// Category is "fault" for what is wrong, and "left out" for a function.
	Category string `json:"category"`
	Posn     string `json:"posn"`
	Message  string `json:"message"`
}

// A more is what is said of a finding beside what go vet -json says: see
// docs/configuration.md.
type more struct {
	File     string          `json:"file"` // as seen from the checkout
	Line     int             `json:"line"`
	Column   int             `json:"column"`
	Function string          `json:"function"`
	Severity Severity        `json:"severity"`
	Evidence string          `json:"evidence,omitempty"`
	URL      string          `json:"url"`
	Steps    []analyzer.Step `json:"steps,omitempty"`
}

func moreOf(f *finding.Finding) more {
	m := more{
		File: seen(f.Start.Filename), Line: f.Start.Line, Column: f.Start.Column,
		Function: f.Function, Severity: SeverityOf(f), URL: f.URL,
	}
	if !f.Misuse() {
		m.Evidence = analyzer.Evidence(f.Diagnostic)
	}
	if f.Explanation != nil {
		for _, s := range f.Explanation.Steps {
			s.File = seen(s.File)
			m.Steps = append(m.Steps, s)
		}
	}
	return m
}

// JSON writes findings in the format of go vet -json, by package and by analyzer, and with
// what that does not say of each. What is not analysed is beside them, as if an analyzer
// named load had said so.
func JSON(w io.Writer, report *finding.Report, losses []load.Loss) error {
	var text bytes.Buffer
	if err := report.Graph().PrintJSON(&text); err != nil {
		return err
	}
	tree := map[string]map[string]any{}
	if err := json.Unmarshal(text.Bytes(), &tree); err != nil {
		return err
	}
	said := map[string]*finding.Finding{}
	for _, f := range report.Findings {
		said[f.Start.String()+f.Message] = f
	}
	for _, analyzers := range tree {
		for _, found := range analyzers {
			diagnostics, _ := found.([]any)
			for _, d := range diagnostics {
				d, ok := d.(map[string]any)
				f := said[fmt.Sprint(d["posn"], d["message"])]
				if !ok || f == nil {
					continue
				}
				text, err := json.Marshal(moreOf(f))
				if err == nil {
					err = json.Unmarshal(text, &d)
				}
				if err != nil {
					return err
				}
			}
		}
	}
	for _, l := range losses {
		if tree[l.Package] == nil {
			tree[l.Package] = map[string]any{}
		}
		tree[l.Package]["load"] = notices(l)
	}
	out := json.NewEncoder(w)
	out.SetIndent("", "\t")
	out.SetEscapeHTML(false)
	return out.Encode(tree)
}

func notices(l load.Loss) []notice {
	var out []notice
	for _, f := range l.Faults {
		out = append(out, notice{"fault", posn(f), f.Text})
	}
	for _, f := range l.Functions {
		left := LeftOut(f)
		out = append(out, notice{"left out", posn(left), left.Text})
	}
	return out
}

// posn is a position as go vet -json has it, "" where there is none.
func posn(f load.Fault) string {
	if f.Pos.Filename == "" {
		return ""
	}
	return f.Pos.String()
}
