package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
	"github.com/errswallow/errswallow/analyzer/internal/rule"
	"github.com/errswallow/errswallow/analyzer/internal/trial"
)

// NewSites returns a fresh Analyzer that reports what New's does, however weak the evidence,
// and whose result has Sites: the calls whose failure a test run can bring about, and those by
// which something is lost.
func NewSites(settings Settings) *analysis.Analyzer {
	settings.Evidence = rule.Possible.String()
	a := New(settings)
	c := &instance{settings: settings, sites: true}
	a.Run = c.run
	return a
}

// Sites are the calls of one package that ask, destroy or make something, outside its test
// files, in source order.
type Sites struct {
	// Name is the name of the package, not its path.
	Name  string
	Sites []Site
	// Reported are the findings in the package, those that are suppressed among them.
	Reported []Reported
}

// A SiteKind says what a call does.
type SiteKind string

// The kinds of sites.
const (
	Asks     SiteKind = "query"
	Destroys SiteKind = "destructive"
	Makes    SiteKind = "creating"
	// Ensures makes something, or keeps what is there: nothing is lost by it.
	Ensures SiteKind = "ensuring"
)

// A Site is one call.
type Site struct {
	Kind SiteKind `json:"kind"`
	// Call is what people call it, with the query behind it where that is another; Object what a query asks about, and Library the data that
	// knows it.
	Call    string `json:"call"`
	Object  string `json:"object,omitempty"`
	Library string `json:"library,omitempty"`
	// Function is the full name of the declaration that it stands in, Callee that of the
	// function that is called.
	Function string `json:"function"`
	Callee   string `json:"-"`
	File     string `json:"file"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	// Form says how the call is written.
	Form Form `json:"-"`
	// Absent says how it answers that the object is not there.
	Absent Absence `json:"-"`
	// Faults are the library's own errors, by the names of faults, the best first.
	Faults map[string][]Made `json:"-"`
	// Through: what is called is the user's own, and asks deep inside.
	Through bool `json:"-"`
	// Alone is why nothing can be done at it, "" if something can.
	Alone string `json:"alone,omitempty"`
}

// An Absence is how a call answers that the object is not there.
type Absence struct {
	// Empty: by an answer with nothing in it, and no error.
	Empty bool
	// Errors are the library's own, the best first.
	Errors []Made
	// Exit and Text are how a command line ends, and what it prints; Exit is 0 for others.
	Exit int
	Text string
}

// Known reports whether anybody knows how the call answers that.
func (a Absence) Known() bool { return a.Empty || len(a.Errors) > 0 || a.Exit != 0 }

// A Made is a variable that is an error, or a function that makes one. Known says that this
// was looked up; else it is what the catalogue says, and may be a type.
type Made struct {
	Package, Name string
	Known         bool
}

// Reported is a finding of the pass, and where it stands: its own position, that of the
// query, and others that have to do with it, as file:line; and where it asks.
type Reported struct {
	Rule, Message, Function string
	Lines                   []string
	Query                   string
	Suppressed              bool
}

// siteKinds are the kinds of the catalogue that are sites.
var siteKinds = map[catalogue.Kind]SiteKind{
	catalogue.Query:       Asks,
	catalogue.Destructive: Destroys,
	catalogue.Forgetting:  Destroys,
	catalogue.Creating:    Makes,
	catalogue.Ensuring:    Ensures,
}

// A collector collects the sites of one package.
type collector struct {
	pass      *analysis.Pass
	catalogue *catalogue.Catalogue
	known     map[token.Pos]trial.Call
	reachable map[string]*types.Package
	facts     *facts
}

// collect returns the sites of a package.
func collect(pass *analysis.Pass, world *world, inferred *trial.Package, found []*rule.Finding, suppressed []suppression) *Sites {
	c := &collector{pass: pass, catalogue: world.catalogue, known: map[token.Pos]trial.Call{}, reachable: map[string]*types.Package{}, facts: &facts{pass: pass}}
	c.facts.catalogue = world.catalogue
	c.reach(pass.Pkg)
	for _, call := range inferred.Calls() {
		c.known[call.At] = call
	}
	out := &Sites{Name: pass.Pkg.Name()}
	for _, file := range pass.Files {
		if c.facts.Test(file.Package) || c.facts.ForTests(file.Package) {
			continue
		}
		alone := c.untouchable(file)
		for _, decl := range file.Decls {
			name := c.declared(decl)
			for n := range ast.Preorder(decl) {
				if call, ok := n.(*ast.CallExpr); ok {
					if site, ok := c.site(call); ok {
						if site.Function = name; alone != "" {
							site.Alone = alone
						}
						out.Sites = append(out.Sites, site)
					}
				}
			}
		}
	}
	for _, f := range found {
		out.Reported = append(out.Reported, c.reported(f, false))
	}
	for _, s := range suppressed {
		out.Reported = append(out.Reported, c.reported(s.finding, true))
	}
	return out
}

// reach notes a package, and those that it imports, at any depth.
func (c *collector) reach(p *types.Package) {
	if c.reachable[p.Path()] == nil {
		c.reachable[p.Path()] = p
		for _, imported := range p.Imports() {
			c.reach(imported)
		}
	}
}

// untouchable returns why the calls of a file are left alone, or "".
func (c *collector) untouchable(file *ast.File) string {
	switch {
	case generated(file):
		return "its file is generated"
	case !written(c.pass, file.Package), slices.ContainsFunc(file.Imports, func(i *ast.ImportSpec) bool { return i.Path.Value == `"C"` }):
		return "its file uses cgo"
	}
	return ""
}

// declared returns the full name of a declaration.
func (c *collector) declared(decl ast.Decl) string {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		if fn, ok := c.pass.TypesInfo.Defs[decl.Name].(*types.Func); ok {
			return fn.FullName()
		}
	case *ast.GenDecl:
		if len(decl.Specs) > 0 {
			if v, ok := decl.Specs[0].(*ast.ValueSpec); ok {
				return c.pass.Pkg.Path() + "." + v.Names[0].Name
			}
		}
	}
	return c.pass.Pkg.Path()
}

// site returns what a call is, if it asks, destroys or makes something.
func (c *collector) site(call *ast.CallExpr) (Site, bool) {
	known, ok := c.known[call.Lparen]
	if !ok {
		if known, ok = c.looked(call); !ok {
			return Site{}, false
		}
	}
	p := c.pass.Fset.PositionFor(call.Fun.Pos(), false)
	if end := selector(call.Fun); end.IsValid() {
		p = c.pass.Fset.PositionFor(end, false)
	}
	s := Site{
		Kind: siteKinds[known.Kind], Call: known.Query.Name, Object: known.Query.Object, Library: known.Query.Gates(),
		File: p.Filename, Line: p.Line, Column: p.Column, Through: known.Through,
	}
	if known.Query.Via != "" {
		s.Call = known.Query.Via + " (" + known.Query.Name + ")"
	}
	if obj := typeutil.Callee(c.pass.TypesInfo, call); obj != nil {
		s.Callee = fullName(obj)
		if s.Call == "" {
			s.Call = obj.Name()
		}
	}
	s.Form, s.Alone = c.form(call, known)
	if s.Through && !s.Form.Fails {
		return Site{}, false // what it makes of a fault is in its body
	}
	if s.Kind == Asks {
		s.Absent = c.absence(known, s)
		s.Faults = c.faults(known)
	}
	return s, true
}

// selector returns where the name of what is called begins, if it has one.
func selector(fun ast.Expr) token.Pos {
	switch fun := ast.Unparen(fun).(type) {
	case *ast.SelectorExpr:
		return fun.Sel.Pos()
	case *ast.Ident:
		return fun.Pos()
	}
	return token.NoPos
}

// fullName is the name of what is called, with its package's path.
func fullName(obj types.Object) string {
	if fn, ok := obj.(*types.Func); ok {
		return fn.Origin().FullName()
	}
	if obj.Pkg() == nil {
		return obj.Name()
	}
	return obj.Pkg().Path() + "." + obj.Name()
}

// looked looks a call up by its name alone: code that is not executed, such as the initial
// value of a variable, and generated code have calls, too.
func (c *collector) looked(call *ast.CallExpr) (trial.Call, bool) {
	obj := typeutil.Callee(c.pass.TypesInfo, call)
	sym, ok := c.catalogue.Lookup(obj)
	if !ok || siteKinds[sym.Kind] == "" || sym.Kind == catalogue.Query && (!sym.Fails(obj) || len(sym.Answer.With) > 0) {
		return trial.Call{}, false
	}
	if sym.Only != "" {
		if len(call.Args) == 0 {
			return trial.Call{}, false
		}
		v := c.pass.TypesInfo.Types[call.Args[len(call.Args)-1]].Value
		if v == nil || v.ExactString() != sym.Only {
			return trial.Call{}, false
		}
	}
	q := trial.Query{Name: sym.Name, Object: sym.Object, Library: sym.Library, Lists: trial.Lists(sym), Answer: sym.Answer}
	if q.Object == catalogue.OfType {
		q.Object = "object"
	}
	return trial.Call{Kind: sym.Kind, Query: q, Symbol: sym}, true
}

// commandFailed is the status that a command line ends with for absence where nobody says
// another.
const commandFailed = 1

// absence returns how a call answers that the object is not there.
func (c *collector) absence(call trial.Call, s Site) Absence {
	q := call.Query
	switch {
	case q.Lists:
		return Absence{Empty: true}
	case q.Answer.Error == catalogue.Dropped:
		return Absence{Empty: true}
	case call.Command:
		a := Absence{Exit: commandFailed}
		if len(q.Answer.Exit) > 0 {
			a.Exit = q.Answer.Exit[0]
		}
		for _, m := range c.catalogue.Makes(q.Library, catalogue.MadeAbsent, "") {
			if a.Text = m.Text; a.Text != "" {
				break
			}
		}
		return a
	}
	return Absence{Errors: c.make(q.Library, catalogue.MadeAbsent, call.Symbol.Package)}
}

// faults returns the errors of a library that the package can name.
func (c *collector) faults(call trial.Call) map[string][]Made {
	out := map[string][]Made{}
	for _, of := range catalogue.Makings {
		if m := c.make(call.Query.Gates(), of, call.Symbol.Package); len(m) > 0 && of != catalogue.MadeAbsent && !call.Command {
			out[of] = m
		}
	}
	return out
}

// make returns the ways to make an error that the package may be able to name, the best
// first. What is not known of a package that others import is not known here.
func (c *collector) make(library, of, pkg string) (out []Made) {
	if library == "" {
		return nil
	}
	for _, m := range c.catalogue.Makes(library, of, pkg) {
		p := c.reachable[m.Symbol.Package]
		if m.Symbol.Name == "" || p == nil || !visible(p.Path(), c.pass.Pkg.Path()) {
			continue
		}
		made := Made{Package: p.Path(), Name: m.Symbol.Name}
		switch obj := p.Scope().Lookup(m.Symbol.Name).(type) {
		case *types.TypeName:
			continue
		case *types.Func:
			made.Known = true
		case *types.Var, *types.Const:
			if made.Known = types.Implements(obj.Type(), errorInterface); !made.Known {
				continue
			}
		}
		out = append(out, made)
	}
	return out
}

var errorInterface = types.Universe.Lookup("error").Type().Underlying().(*types.Interface)

// visible reports whether a package may be imported by another.
func visible(path, from string) bool {
	parent, _, internal := strings.Cut("/"+path+"/", "/internal/")
	return !internal || strings.HasPrefix("/"+from+"/", parent+"/")
}

// reported describes a finding.
func (c *collector) reported(f *rule.Finding, suppressed bool) Reported {
	r := Reported{Rule: f.Rule, Message: diagnostic(f).Message, Function: outermost(f.Fn).String(), Suppressed: suppressed}
	for _, at := range append(diagnostic(f).Related, analysis.RelatedInformation{Pos: f.Pos}) {
		if at.Pos.IsValid() {
			r.Lines = append(r.Lines, Line(c.pass.Fset.Position(at.Pos)))
		}
	}
	r.Query = Line(c.pass.Fset.Position(Asked(diagnostic(f))))
	return r
}
