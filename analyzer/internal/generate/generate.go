// Package generate makes functions of a small language of queries, branches,
// loops and gates: programs that the pass is tried on, and that can really be
// run beside it.
//
// A program is one Go file. [Prelude] declares what its functions use: a query
// that fails as its env says, a not-found predicate, conditions that nobody can
// foresee. Each function answers a verdict of some kind, and an error or none, and asks
// at up to [MaxSites] places.
package generate

import (
	"fmt"
	"strings"
)

// MaxSites is how many queries a function makes at most, and Bits how many bits
// decide all else.
const (
	MaxSites = 3
	Bits     = 13
)

// Prelude is the beginning of a program: package, imports, and what its
// functions use.
const Prelude = `package main

import (
	"errors"
	"fmt"
	"log"
)

type state struct{ running bool }

// A phase is a verdict of more than two words.
type phase int

const (
	up phase = iota
	gone
)

// An answer is how a query ends.
type answer int

const (
	running answer = iota
	stopped
	absent
	fault
)

// An env is one execution: how the query at one site ends, and bits that decide
// all else.
type env struct {
	site int
	ends answer
	bits uint
	met  bool
	kept error
	// again: after a fault another query was made, and answered.
	again bool
	// failed: a query at another site failed, too.
	failed bool
}

var (
	errAbsent = errors.New("no such container")
	errFault  = errors.New("context deadline exceeded")
)

// cond is a condition that nobody can foresee, the same wherever it stands again.
func (e *env) cond(bit int) bool { return e.bits>>bit&1 == 1 }

// query asks for a state, at one of the sites of a function.
//
//errswallow:query
func query(e *env, site int) (state, error) {
	ends := running
	if site == e.site {
		ends, e.met = e.ends, true
	} else {
		ends = answer(e.bits>>(2*(site-1))&3) // any of the four
		e.failed = e.failed || ends > stopped
	}
	switch ends {
	case absent:
		return state{}, errAbsent
	case fault:
		return state{}, errFault
	}
	e.again = e.met && e.ends == fault
	return state{ends == running}, nil
}

//errswallow:notfound
func isAbsent(err error) bool { return errors.Is(err, errAbsent) }

func failed(err error) bool { return err != nil }

func wrap(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("query: %w", err)
}

var _ = log.Println
`

// A Chooser makes the choices that a function is made of: it returns a number
// from 0 to n-1.
type Chooser interface{ IntN(n int) int }

// Bytes chooses by its bytes, and 0 when there are no more.
type Bytes struct{ Data []byte }

// IntN implements Chooser.
func (b *Bytes) IntN(n int) int {
	if len(b.Data) == 0 {
		return 0
	}
	c := b.Data[0]
	b.Data = b.Data[1:]
	return int(c) % n
}

// A Function is one function of a program.
type Function struct {
	Name string
	// Source is its declaration.
	Source string
	// Sites is how many queries it makes: 1 to Sites.
	Sites int
	// Errs reports whether it answers an error beside the verdict.
	Errs bool
	// Kind is how it tells its verdict.
	Kind Kind
}

// A Kind is a way to tell a verdict: its type, and the words for yes and no.
type Kind struct{ Type, Yes, No string }

// Kinds are the ways in which functions tell verdicts.
var Kinds = []Kind{
	{"bool", "true", "false"},
	{"phase", "up", "gone"},
	{"string", `"running"`, `"stopped"`},
}

// New returns a function of this name.
func New(name string, c Chooser) Function {
	g := &generator{choose: c, errs: c.IntN(3) > 0, wraps: c.IntN(3) > 0, kind: Kinds[0]}
	if c.IntN(3) == 0 {
		g.kind = Kinds[1+c.IntN(len(Kinds)-1)]
	}
	g.line("r, err := %s", g.query())
	g.line("flag := %s", g.pick("false", "false", "true"))
	g.line("_, _, _ = r, err, flag")
	g.block(2+c.IntN(3), 0)
	g.answer()
	results := g.kind.Type
	if g.errs {
		results = fmt.Sprintf("(%s, error)", g.kind.Type)
	}
	return Function{
		Name:   name,
		Source: fmt.Sprintf("func %s(e *env) %s {\n%s}\n", name, results, g.text.String()),
		Sites:  g.sites,
		Errs:   g.errs,
		Kind:   g.kind,
	}
}

type generator struct {
	choose Chooser
	text   strings.Builder
	depth  int
	errs   bool
	sites  int
	conds  int
	// wraps: errors are wrapped, so that none is compared with ==.
	wraps bool
	kind  Kind
}

func (g *generator) line(format string, args ...any) {
	fmt.Fprintf(&g.text, strings.Repeat("\t", g.depth+1)+format+"\n", args...)
}

func (g *generator) pick(words ...string) string { return words[g.choose.IntN(len(words))] }

// query is a call of query at a new site.
func (g *generator) query() string {
	g.sites++
	return fmt.Sprintf("query(e, %d)", g.sites)
}

// unforeseen is a condition on a bit that none before it was on, as far as there
// are any. The first bits are the queries', two each.
func (g *generator) unforeseen() string {
	bit := 2*MaxSites + g.conds%(Bits-2*MaxSites)
	g.conds++
	return fmt.Sprintf("e.cond(%d)", bit)
}

// block writes n statements.
func (g *generator) block(n, loop int) {
	for range n {
		g.statement(loop)
	}
}

// maxNesting is how deep statements stand in others.
const maxNesting = 3

func (g *generator) statement(loop int) {
	kind := g.choose.IntN(14)
	if g.depth >= maxNesting && kind < 8 {
		kind += 6
	}
	switch kind {
	case 0, 1, 2, 3:
		g.line("if %s {", g.cond(0))
		g.nested(loop)
		if g.choose.IntN(3) == 0 {
			g.line("} else {")
			g.nested(loop)
		}
		g.line("}")
	case 4:
		g.line("switch {")
		for range 2 {
			g.line("case %s:", g.cond(1))
			g.nested(loop)
		}
		g.line("}")
	case 5:
		g.line("for range 2 {")
		g.nested(loop + 1)
		g.line("}")
	case 6:
		g.line("func() {")
		g.depth++
		g.simple(0)
		g.depth--
		g.line("}()")
	case 7:
		g.line("if %s {", g.cond(0))
		g.depth++
		g.answer()
		g.depth--
		g.line("}")
	default:
		g.simple(loop)
	}
}

func (g *generator) nested(loop int) {
	g.depth++
	g.block(1+g.choose.IntN(2), loop)
	if g.choose.IntN(3) == 0 {
		g.answer()
	}
	g.depth--
}

// simple writes a statement that holds no other.
func (g *generator) simple(loop int) {
	switch kind := g.choose.IntN(10); {
	case kind < 2:
		g.line("flag = %s", g.value())
	case kind == 2 && g.sites < MaxSites:
		g.line("r, err = %s", g.query())
	case kind == 3 && g.sites < MaxSites:
		g.line("r, _ = %s", g.query())
	case kind == 4:
		g.line("log.Println(err)")
	case kind == 5 && g.wraps:
		g.line("err = wrap(err)")
	case kind == 6 && g.choose.IntN(4) == 0:
		g.line("e.kept = err")
	case kind == 7 && loop > 0:
		g.line("if %s {", g.cond(0))
		g.depth++
		g.line("%s", g.pick("break", "continue"))
		g.depth--
		g.line("}")
	default:
		g.line("_ = %s", g.unforeseen())
	}
}

// cond is a condition.
func (g *generator) cond(depth int) string {
	kind := g.choose.IntN(12)
	if depth > 1 && kind >= 9 {
		kind -= 9
	}
	switch kind {
	case 0, 1, 2:
		return "err != nil"
	case 3:
		return "err == nil"
	case 4:
		if g.wraps {
			return g.pick("isAbsent(err)", "errors.Is(err, errAbsent)")
		}
		return "err == errAbsent"
	case 5:
		return g.pick("!isAbsent(err)", "failed(err)")
	case 6:
		return g.unforeseen()
	case 7:
		return "r.running"
	case 8:
		return g.pick("flag", "!flag")
	case 9:
		return g.cond(depth+1) + " && " + g.cond(depth+1)
	case 10:
		return "(" + g.cond(depth+1) + " || " + g.cond(depth+1) + ")"
	}
	return "!(" + g.cond(depth+1) + ")"
}

// value is a bool that is not chosen at random: no fault decides that.
func (g *generator) value() string {
	switch g.choose.IntN(7) {
	case 0, 1:
		return "false"
	case 2:
		return "true"
	case 3:
		return "r.running"
	case 4:
		return "err == nil"
	case 5:
		return g.pick("flag", "!flag")
	}
	return g.pick("err != nil", "isAbsent(err)", "!isAbsent(err)", "r.running && err == nil", "r.running || err != nil")
}

// answer writes a return statement.
func (g *generator) answer() {
	verdict, err := g.value(), ""
	if g.errs {
		err = ", " + g.pick("nil", "nil", "err", "wrap(err)")
	}
	if g.kind != Kinds[0] {
		g.line("if %s {", verdict)
		g.line("\treturn %s%s", g.kind.Yes, err)
		g.line("}")
		verdict = g.kind.No
	}
	g.line("return %s%s", verdict, err)
}
