package audit

import (
	"cmp"
	"fmt"
	"slices"
)

// A graph leads from queries through functions to what is destroyed.
type graph struct {
	nodes []*node
	edges []edge
}

// A node is a query, a function or a destructive call.
type node struct {
	ID    string
	Label string
	// Class is "query", "destroys" or the verdict of a function.
	Class   string
	Package string
	// Column is how far from the queries it stands: the longest way.
	Column int
}

// An edge leads from what is asked to who asks, and to what comes of it.
type edge struct {
	From, To *node
	Unsafe   bool
}

// graph returns the graph of a report. Functions that only answer people are in
// it, too: nothing comes of them.
func (r *Report) graph() *graph {
	g := &graph{}
	queries, functions, calls := map[string]*node{}, map[string]*node{}, map[string]*node{}
	get := func(of map[string]*node, key, label, class string) *node {
		if of[key] == nil {
			of[key] = &node{ID: fmt.Sprintf("n%d", len(g.nodes)), Label: label, Class: class}
			g.nodes = append(g.nodes, of[key])
		}
		return of[key]
	}
	for _, f := range r.Functions {
		n := get(functions, f.Name, short(f.Name), string(f.Verdict))
		n.Package = f.Package
	}
	for _, f := range r.Functions {
		n := functions[f.Name]
		for _, q := range f.Queries {
			if q.Via == "" {
				g.connect(get(queries, q.Call, q.Call, "query"), n, false)
			}
		}
		for _, caller := range f.Callers {
			if c := functions[caller]; c != nil && c != n {
				g.connect(n, c, !trusted(f.Verdict))
			}
		}
		for _, d := range f.Destroys {
			g.connect(n, get(calls, d.Where, d.Call+" "+d.Where, "destroys"), d.Unsafe)
		}
	}
	g.rank()
	return g
}

func (g *graph) connect(from, to *node, unsafe bool) {
	i := slices.IndexFunc(g.edges, func(e edge) bool { return e.From == from && e.To == to })
	if i < 0 {
		g.edges = append(g.edges, edge{from, to, unsafe})
		return
	}
	g.edges[i].Unsafe = g.edges[i].Unsafe || unsafe
}

// maxColumn bounds the ways through functions that call each other.
const maxColumn = 6

// rank puts each node right of what leads to it, and what is destroyed last.
func (g *graph) rank() {
	for range maxColumn {
		for _, e := range g.edges {
			e.To.Column = max(e.To.Column, min(e.From.Column+1, maxColumn))
		}
	}
	last := 0
	for _, n := range g.nodes {
		if n.Class != "query" {
			n.Column = max(n.Column, 1)
		}
		last = max(last, n.Column)
	}
	for _, n := range g.nodes {
		if n.Class == "destroys" {
			n.Column = last
		}
	}
	slices.SortStableFunc(g.nodes, func(a, b *node) int { return cmp.Compare(a.Column, b.Column) })
}
