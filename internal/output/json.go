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

// JSON writes findings in the format of go vet -json: by package, by analyzer, and how
// strong the evidence of each is. What is not analysed is beside them, as if an analyzer
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
	strength := map[string]string{}
	for _, f := range report.Findings {
		strength[f.Start.String()+f.Message] = analyzer.Evidence(f.Diagnostic)
	}
	for _, analyzers := range tree {
		for _, found := range analyzers {
			diagnostics, _ := found.([]any)
			for _, d := range diagnostics {
				if d, ok := d.(map[string]any); ok && strength[fmt.Sprint(d["posn"], d["message"])] != "" {
					d["evidence"] = strength[fmt.Sprint(d["posn"], d["message"])]
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
