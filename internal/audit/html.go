package audit

import (
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
)

//go:embed page.html
var pageText string

var page = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Funcs(template.FuncMap{"label": label}).Parse(pageText))
})

// HTML writes a report as one page that needs nothing else: it filters by verdict
// and package, opens the source lines of each function, and draws the graph. Files
// are read below dir.
func (r *Report) HTML(w io.Writer, title, dir string) error {
	g := r.graph()
	view := pageView{Title: title, Totals: r.Totals.String(), Tested: r.Tested(), Graph: draw(g)}
	ids := map[string]string{} // of nodes, by the functions' names
	for _, n := range g.nodes {
		if n.Function != "" {
			ids[n.Function] = n.ID
		}
	}
	for _, c := range palette {
		view.Style += template.CSS(fmt.Sprintf(".%s{background:%s;fill:%s}", c.name, c.colour, c.colour))
	}
	for _, v := range Verdicts {
		view.Legend = append(view.Legend, meaning{string(v), Meanings[v]})
		if n := r.Totals.ByVerdict[v]; n > 0 {
			view.Verdicts = append(view.Verdicts, choice{string(v), n})
		}
	}
	worstFirst := slices.Clone(r.Functions)
	slices.SortStableFunc(worstFirst, func(a, b *Function) int {
		return cmp.Compare(slices.Index(Verdicts, a.Verdict), slices.Index(Verdicts, b.Verdict))
	})
	for _, f := range r.Functions {
		if n := len(view.Packages); n == 0 || view.Packages[n-1].Name != f.Package {
			view.Packages = append(view.Packages, choice{Name: f.Package})
		}
		view.Packages[len(view.Packages)-1].Count++
	}
	for _, f := range worstFirst {
		source, err := lines(dir, f)
		if err != nil {
			return err
		}
		view.Functions = append(view.Functions, functionView{f, short(f.Name), ids[f.Name], told(f), source, rowsOf(f)})
	}
	return page().Execute(w, view)
}

type pageView struct {
	Title, Totals string
	Tested        bool
	Style         template.CSS
	Verdicts      []choice
	Legend        []meaning
	Packages      []choice
	Functions     []functionView
	Graph         drawing
}

type meaning struct{ Name, Means string }

type choice struct {
	Name  string
	Count int
}

type functionView struct {
	*Function
	Short string
	// Node is the id of its node in the graph.
	Node   string
	Facts  []string
	Source []sourceLine
	Rows   []row
}

// A row is what a function answers to one query: neighbours that are the same are one cell.
type row struct {
	Label string
	Cells []cell
}

type cell struct {
	Cases string // which it is about
	Text  string
	Span  int
}

// rowsOf are the rows of a function.
func rowsOf(f *Function) (rows []row) {
	for _, q := range f.Queries {
		r := row{Label: label(q)}
		for _, c := range []cell{{"running", q.Running, 1}, {"stopped", q.Stopped, 1}, {"absent", q.Absent, 1}, {"fault", q.Fault, 1}} {
			if n := len(r.Cells); n > 0 && r.Cells[n-1].Text == c.Text {
				r.Cells[n-1].Span++
				r.Cells[n-1].Cases += ", " + c.Cases
				continue
			}
			r.Cells = append(r.Cells, c)
		}
		if q.Tests != "" {
			r.Cells = append(r.Cells, cell{"tests", q.Tests, 1})
		}
		rows = append(rows, r)
	}
	return rows
}

// told are the facts of a function, but for its rules, which the page shows by themselves,
// and how each finding comes about.
func told(f *Function) []string {
	out := slices.DeleteFunc(facts(f), func(s string) bool { return strings.HasPrefix(s, "reported by: ") })
	for _, e := range f.Findings {
		for _, s := range e.Steps {
			out = append(out, fmt.Sprintf("%s:%d %s", s.File, s.Line, s.Text))
		}
	}
	return out
}

type sourceLine struct {
	Number int
	Text   string
	Asks   bool // a query stands on it
}

// lines returns the source of a function.
func lines(dir string, f *Function) ([]sourceLine, error) {
	name := f.File
	if !strings.HasPrefix(name, "/") {
		name = dir + "/" + name
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var out []sourceLine
	for i, line := range strings.Split(string(text), "\n") {
		if n := i + 1; n >= f.Line && n <= f.End {
			s := sourceLine{Number: n, Text: line}
			for _, q := range f.Queries {
				s.Asks = s.Asks || q.Line == n
			}
			out = append(out, s)
		}
	}
	return out, nil
}

// A drawing is a graph with places.
type drawing struct {
	Width, Height int
	Nodes         []placed
	Edges         []path
}

type placed struct {
	*node
	X, Y, W int
}

type path struct {
	D      string
	Unsafe bool
	From   string
	To     string
}

// The measures of a drawing, in pixels.
const (
	rowHeight  = 26
	charWidth  = 7.3
	columnGap  = 90
	nodeHeight = 20
)

func width(n *node) int { return int(charWidth*float64(len(n.Label))) + 16 }

// draw places the columns of a graph beside each other.
func draw(g *graph) drawing {
	widths, rows := map[int]int{}, map[int]int{}
	for _, n := range g.nodes {
		widths[n.Column] = max(widths[n.Column], width(n))
	}
	d := drawing{}
	at := map[*node]placed{}
	x := map[int]int{}
	last := 0
	for c := range widths {
		last = max(last, c)
	}
	for c := range last + 1 {
		x[c] = d.Width + 10
		if widths[c] > 0 {
			d.Width += widths[c] + columnGap
		}
	}
	for _, n := range g.nodes {
		p := placed{n, x[n.Column], 10 + rowHeight*rows[n.Column], width(n)}
		rows[n.Column]++
		at[n] = p
		d.Nodes = append(d.Nodes, p)
		d.Height = max(d.Height, p.Y+rowHeight+10)
	}
	for _, e := range g.edges {
		from, to := at[e.From], at[e.To]
		x0, y0, x1, y1 := from.X+from.W, from.Y+nodeHeight/2, to.X, to.Y+nodeHeight/2
		d.Edges = append(d.Edges, path{
			D:      fmt.Sprintf("M%d,%d C%d,%d %d,%d %d,%d", x0, y0, x0+columnGap/2, y0, x1-columnGap/2, y1, x1, y1),
			Unsafe: e.Unsafe, From: e.From.ID, To: e.To.ID,
		})
	}
	return d
}
