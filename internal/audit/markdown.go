package audit

import (
	"fmt"
	"io"
	"strings"

	"github.com/errswallow/errswallow/analyzer"
)

// What GitHub takes: a comment has 65,536 characters, and it draws no graph of more than
// 500 edges or 50,000 characters.
const (
	commentSize = 65000
	graphSize   = 20000
	graphEdges  = 500
)

// Markdown writes a report for a pull request or the summary of a job: totals, a
// table, and a Mermaid graph. What is more than a comment may have on GitHub is left out, the
// graph first and then the functions that can be trusted, and a line says so.
func (r *Report) Markdown(w io.Writer) error {
	var b, graph strings.Builder
	fmt.Fprintf(&b, "%s.\n", r.Totals)
	if len(r.Functions) > 0 {
		edges := r.mermaid(&graph)
		if edges > graphEdges || graph.Len() > graphSize {
			graph.Reset()
			graph.WriteString("\nThe graph is left out: it is larger than what GitHub draws (-format html draws it).\n")
		}
		r.table(&b, commentSize-graph.Len())
		b.WriteString(graph.String())
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// table writes a row a query, in the order of the packages; the worst first where not all of
// them fit.
func (r *Report) table(b *strings.Builder, size int) {
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
	var rows []string
	all := 0
	for _, f := range r.Functions {
		rows = append(rows, tableRows(f, tested))
		all += len(rows[len(rows)-1])
	}
	if b.Len()+all <= size {
		b.WriteString(strings.Join(rows, ""))
		return
	}
	left := len(r.Functions)
	for _, verdict := range Verdicts {
		for i, f := range r.Functions {
			if f.Verdict != verdict || b.Len()+len(rows[i])+200 > size {
				continue
			}
			b.WriteString(rows[i])
			left--
		}
	}
	fmt.Fprintf(b, "\n%s left out, the worst are there: a comment on GitHub has room for no more (-format html has all).\n", count(left, "function"))
}

// tableRows are the rows of a function, with what test runs say where any do.
func tableRows(f *Function, tested bool) string {
	var b strings.Builder
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
		fmt.Fprintf(&b, "| %s |\n", strings.Join(cells, " | "))
	}
	return b.String()
}

// mermaid draws the graph, and returns how many edges that has:
// https://mermaid.js.org/syntax/flowchart.html.
func (r *Report) mermaid(b *strings.Builder) int {
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
	return len(g.edges)
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
