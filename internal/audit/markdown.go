package audit

import (
	"fmt"
	"io"
	"strings"

	"github.com/errswallow/errswallow/analyzer"
)

// Markdown writes a report for a pull request or the summary of a job: totals, a
// table, and a Mermaid graph.
func (r *Report) Markdown(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s.\n", r.Totals)
	if len(r.Functions) > 0 {
		r.table(&b)
		r.mermaid(&b)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *Report) table(b *strings.Builder) {
	tested := r.Tested()
	b.WriteString("\n| function | query | running | stopped | absent | fault | gates | verdict |")
	if tested {
		b.WriteString(" tests |")
	}
	b.WriteString("\n|---|---|---|---|---|---|---|---|")
	if tested {
		b.WriteString("---|")
	}
	b.WriteString("\n")
	for _, f := range r.Functions {
		verdict := string(f.Verdict)
		if len(f.Rules) > 0 {
			verdict += ": " + strings.Join(f.Rules, ", ")
		}
		if f.Reason != "" {
			verdict += " (" + f.Reason + ")"
		}
		queries := f.Queries
		if len(queries) == 0 {
			queries = []Query{{Call: "relies on " + strings.Join(shorts(f.Relies), ", ")}}
		}
		for i, q := range queries {
			name, gates := "", ""
			if i == 0 {
				name, gates = fmt.Sprintf("%s<br>%s:%d", short(f.Name), f.File, f.Line), strings.Join(f.Gates, ", ")
			} else {
				verdict = ""
			}
			cells := []string{name, label(q), q.Running, q.Stopped, q.Absent, q.Fault, gates, verdict}
			if tested {
				cells = append(cells, q.Tests)
			}
			for i, cell := range cells {
				cells[i] = strings.NewReplacer("|", `\|`, "*", `\*`).Replace(cell)
			}
			fmt.Fprintf(b, "| %s |\n", strings.Join(cells, " | "))
		}
	}
}

// mermaid draws the graph: https://mermaid.js.org/syntax/flowchart.html.
func (r *Report) mermaid(b *strings.Builder) {
	g := r.graph()
	b.WriteString("\n```mermaid\nflowchart LR\n")
	for _, n := range g.nodes {
		shape := "[%q]"
		switch n.Class {
		case "query":
			shape = "([%q])"
		case "destroys":
			shape = "{{%q}}"
		}
		fmt.Fprintf(b, "\t%s"+shape+":::%s\n", n.ID, n.Label, n.Class)
	}
	for _, e := range g.edges {
		arrow := "-->"
		if e.Unsafe {
			arrow = "==>"
		}
		fmt.Fprintf(b, "\t%s %s %s\n", e.From.ID, arrow, e.To.ID)
	}
	for _, class := range palette {
		fmt.Fprintf(b, "\tclassDef %s fill:%s,stroke:#333,color:#111\n", class.name, class.colour)
	}
	b.WriteString("```\n")
}

// palette colours the classes of nodes, here and in HTML.
var palette = []struct{ name, colour string }{
	{"query", "#dbe9f6"},
	{string(analyzer.Collapses), "#f6b8b0"},
	{string(analyzer.Suppressed), "#f3dfb0"},
	{string(analyzer.Misled), "#f9d0a0"},
	{string(analyzer.Safe), "#e8e8e8"},
	{string(analyzer.Propagates), "#d3ecd3"},
	{string(analyzer.FailSafe), "#a8dba8"},
	{"destroys", "#d9c4ee"},
}
