package audit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
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
	Class string
	// Package and Function are "" for what is no function of the report.
	Package, Function string
	// Unsafe: a fault goes through it.
	Unsafe bool
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
		n.Package, n.Function = f.Package, f.Name
	}
	answered := map[string]bool{} // by functions of the report, directly or through an interface
	for _, f := range r.Functions {
		for _, name := range append(f.Implements[:len(f.Implements):len(f.Implements)], f.Name) {
			answered[name] = true
		}
	}
	for _, f := range r.Functions {
		n := functions[f.Name]
		for _, q := range f.Queries {
			if q.Via == "" {
				g.connect(get(queries, q.Call, q.Call, "query"), n, false)
			}
		}
		// Who asks through a function that nobody has audited, a method of an interface, say,
		// is tied to what that asks.
		for _, callee := range f.Relies {
			if answered[callee] {
				continue
			}
			via := get(functions, callee, short(callee), "query")
			for _, q := range f.Queries {
				if q.Via == callee[strings.LastIndexByte(callee, '.')+1:] {
					g.connect(get(queries, q.Call, q.Call, "query"), via, false)
				}
			}
			g.connect(via, n, false)
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
	g.order()
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

// rank puts each node right of all that leads to it, and what is destroyed last. Of
// functions that call each other in a ring one edge has to lead back.
func (g *graph) rank() {
	out := map[*node][]*node{}
	for _, e := range g.edges {
		out[e.From] = append(out[e.From], e.To)
	}
	// Nodes in an order in which only edges of rings lead back.
	var order []*node
	seen := map[*node]bool{}
	var visit func(*node)
	visit = func(n *node) {
		if seen[n] {
			return
		}
		seen[n] = true
		for _, to := range out[n] {
			visit(to)
		}
		order = append(order, n)
	}
	for _, n := range g.nodes {
		visit(n)
	}
	slices.Reverse(order)
	place := map[*node]int{}
	for i, n := range order {
		place[n] = i
		if n.Class != "query" {
			n.Column = 1
		}
	}
	last := 0
	for _, n := range order {
		last = max(last, n.Column)
		for _, to := range out[n] {
			if place[to] > place[n] {
				to.Column = max(to.Column, n.Column+1)
			}
		}
	}
	for _, n := range g.nodes {
		if n.Class == "destroys" {
			n.Column = last
		}
	}
}

// order sorts the nodes by their columns; in each those first that a fault goes through,
// and then beside what leads to them.
func (g *graph) order() {
	in := map[*node][]*node{}
	for _, e := range g.edges {
		in[e.To] = append(in[e.To], e.From)
		if e.Unsafe {
			e.From.Unsafe, e.To.Unsafe = true, true
		}
	}
	slices.SortStableFunc(g.nodes, func(a, b *node) int { return cmp.Compare(a.Column, b.Column) })
	row := map[*node]float64{}
	for from := 0; from < len(g.nodes); {
		to := from
		for to < len(g.nodes) && g.nodes[to].Column == g.nodes[from].Column {
			to++
		}
		column := g.nodes[from:to]
		for _, n := range column {
			for _, before := range in[n] {
				row[n] += row[before] / float64(len(in[n]))
			}
		}
		slices.SortStableFunc(column, func(a, b *node) int {
			if a.Unsafe != b.Unsafe {
				if a.Unsafe {
					return -1
				}
				return 1
			}
			return cmp.Compare(row[a], row[b])
		})
		for i, n := range column {
			row[n] = float64(i)
		}
		from = to
	}
}
