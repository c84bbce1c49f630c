package partial_test

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/internal/load"
	"github.com/errswallow/errswallow/internal/partial"
)

// TestMain is the toolchain that compiles nothing when the go command runs it.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "toolexec" {
		os.Exit(load.Refuse(os.Args[2:]))
	}
	os.Exit(m.Run())
}

// standard are packages with all that Go has: generics, cgo's neighbour, assembly,
// unsafe, type switches, range over functions.
var standard = []string{"encoding/json", "go/types", "iter", "maps", "net/http", "os", "reflect", "slices", "sync/atomic", "text/template"}

// loaded loads them, once.
var loaded = sync.OnceValues(func() ([]*packages.Package, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	result, err := load.Packages(load.Config{Compiler: []string{self, "toolexec"}}, standard...)
	if err != nil {
		return nil, err
	}
	return result.Packages, nil
})

// TestWhole leaves out nothing of packages that type-check.
func TestWhole(t *testing.T) {
	t.Parallel()
	pkgs, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pkgs {
		for _, o := range partial.Omissions(p.Types, p.Syntax, p.TypesInfo, nil) {
			t.Errorf("%s: %s: %s", p.Fset.Position(o.Pos), o.Name, o.Why)
		}
	}
}

// TestMutilated builds the SSA form of packages that lack a file, an import, or a few
// letters: the builder does not panic, and has a body for all that is not left out.
func TestMutilated(t *testing.T) {
	t.Parallel()
	whole, kept := 0, 0
	pkgs, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pkgs {
		if p.PkgPath != "encoding/json" && p.PkgPath != "text/template" {
			continue
		}
		for i, file := range p.Syntax {
			rest := slices.Delete(slices.Clone(p.Syntax), i, i+1)
			whole, kept = whole+functions(rest), kept+build(t, p, rest, "")
			for _, spec := range file.Imports[:min(1, len(file.Imports))] {
				whole, kept = whole+functions(p.Syntax), kept+build(t, p, p.Syntax, strings.Trim(spec.Path.Value, `"`))
			}
			for at := 1; at < 4; at++ {
				build(t, p, append(rest, cut(t, p.Fset, p.Fset.File(file.FileStart).Name(), at)), "")
			}
		}
	}
	if kept < whole*3/4 || kept == whole {
		t.Errorf("%d of %d functions are kept", kept, whole)
	}
}

// cut parses a file that lacks some letters, a quarter, a half, or three quarters
// from its beginning.
func cut(t *testing.T, fset *token.FileSet, name string, quarters int) *ast.File {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	at := len(text) * quarters / 4
	file, _ := parser.ParseFile(fset, name, slices.Delete(text, at, at+quarters), parser.SkipObjectResolution|parser.AllErrors)
	return file
}

func functions(files []*ast.File) int {
	n := 0
	for _, file := range files {
		for _, decl := range file.Decls {
			if decl, ok := decl.(*ast.FuncDecl); ok && decl.Body != nil {
				n++
			}
		}
	}
	return n
}

// build type-checks files without one of the imports, builds what is kept of them,
// and returns how many functions have a body.
func build(t *testing.T, p *packages.Package, files []*ast.File, missing string) int {
	t.Helper()
	info, pkg, errs := check(p.Types.Path(), p.Fset, files, func(path string) (*types.Package, error) {
		for _, dep := range append(p.Types.Imports(), types.Unsafe) {
			if dep.Path() == path && path != missing {
				return dep, nil
			}
		}
		return nil, errors.New("it is missing")
	})
	omissions := partial.Omissions(pkg, files, info, errs)
	files, info = partial.Prune(files, info, omissions)
	prog := ssa.NewProgram(p.Fset, 0)
	for _, dep := range pkg.Imports() {
		prog.CreatePackage(dep, nil, nil, true)
	}
	prog.CreatePackage(pkg, files, info, false).Build()
	n := 0
	for _, file := range files {
		for _, decl := range file.Decls {
			decl, ok := decl.(*ast.FuncDecl)
			if !ok || decl.Body == nil {
				continue
			}
			if fn := prog.FuncValue(info.Defs[decl.Name].(*types.Func)); fn == nil || len(fn.Blocks) == 0 {
				t.Errorf("%s: %s has no body", p.Fset.Position(decl.Pos()), decl.Name.Name)
			}
			n++
		}
	}
	return n
}

func check(path string, fset *token.FileSet, files []*ast.File, imp importer) (*types.Info, *types.Package, []types.Error) {
	var errs []types.Error
	conf := types.Config{Importer: imp, Error: func(err error) { errs = append(errs, err.(types.Error)) }}
	info := partial.NewInfo()
	pkg, _ := conf.Check(path, fset, files, info) // errs has its errors
	return info, pkg, errs
}

type importer func(string) (*types.Package, error)

func (i importer) Import(path string) (*types.Package, error) { return i(path) }

// TestOmissions names what is left out, and why.
func TestOmissions(t *testing.T) {
	t.Parallel()
	source := strings.ReplaceAll(`package p

import (
	"example.com/missing"
)

type T struct{ m missing.M }

func (T) sound(n int) int {
	type row struct {
		ID int 'json:"id"'
	}
	return row{n}.ID
}
func (t T) field() any { return t.m }
func signature(missing.M) int { return 1 }
func silent() { missing.F() }
func loud() int { return "" }
func soft() { n := 1 }
func literal() any { return T{} }
func twice() int { return 1 }
func twice() int { return 2 }
func (missing.M) method() {}
func (Nowhere) stray() {}

var one, two = 1, func() { missing.F() }
var three = missing.X
var four, four = 4, 4

func uses() int { return one + four }
`, "'", "`")
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	files := []*ast.File{file}
	info, pkg, errs := check("p", fset, files, func(string) (*types.Package, error) { return nil, errors.New("it is missing") })
	var got []string
	omissions := partial.Omissions(pkg, files, info, errs)
	for _, o := range omissions {
		if o.Name != "" {
			got = append(got, o.Name+": "+o.Why)
		}
	}
	want := []string{
		"(p.T).field: t.m has no type",
		"p.signature: its signature has a type that is not there",
		"p.silent: missing.F has no type",
		`p.loud: cannot use "" (untyped string constant) as int value in return statement`,
		"p.literal: T{} has no type",
		"p.twice: twice redeclared in this block",
		"(missing.M).method: its signature has a type that is not there",
		"(Nowhere).stray: undefined: Nowhere",
		"p.two: missing.F has no type",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s\n\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	files, info = partial.Prune(files, info, omissions)
	prog := ssa.NewProgram(fset, 0)
	for _, dep := range pkg.Imports() {
		prog.CreatePackage(dep, nil, nil, true)
	}
	prog.CreatePackage(pkg, files, info, false).Build()
}

// TestPart keeps of a function what has a type, in every statement: each calls keep as
// often as its name says.
func TestPart(t *testing.T) {
	t.Parallel()
	source := `package p

import "example.com/missing"

func keep(...any) (int, error) { return 0, nil }
func one(...any) error         { return nil }

type model struct {
	missing.Model
	name string
}

func argument2(m model) error {
	n, err := keep(m.ID.Value())
	if err != nil {
		missing.Log(err)
		return err
	}
	return one(keep(n))
}
func condition2() (bool, error) {
	if v := missing.Get(); v.Enabled() && v != nil {
		keep()
	} else if missing.Other() {
		keep()
	}
	return missing.Answer(), nil
}
func loops3() {
	for _, x := range missing.All() {
		if x.Skip {
			continue
		}
		keep(x.Name)
	}
	for i := missing.First(); i < missing.Last(); i++ {
		keep(i)
	}
	for i := range 3 {
		keep(i, missing.Of(i))
	}
}
func switches4(err error) {
	switch missing.Code(err) {
	case missing.NotFound:
		keep()
	case missing.Other, 3:
		keep()
	}
	switch err := err.(type) {
	case *missing.Error:
		err.Do()
	case nil:
		keep(err)
	case interface{ Timeout() bool }:
		keep(err)
	}
}
func literals3() error {
	defer missing.Close(func() { keep() })
	go func() { missing.Do(keep()) }()
	return missing.Retry(3, func() error {
		m := model{name: missing.Name, Model: missing.Model{}}
		_, err := keep(m.name)
		return err
	})
}
func assigned2() (n int, err error) {
	var v missing.V
	var w, x = missing.W(), 1
	v.A, n = 1, 2
	m, err := missing.Get(v, w, x)
	if err == nil {
		n, err = keep(m)
	}
	n += missing.N
	n, err = keep(missing.Make[int](n))
	return
}
func failing3(n int) error {
	c := missing.New(n)
	v, err := c.Get(n)
	if err != nil {
		keep()
		return err
	}
	if closeErr := c.Close(); closeErr != nil && v.Open {
		keep(closeErr)
	}
	err = c.Put(v)
	return one(keep(err))
}

var command = struct{ Run func(*missing.Args) error; Other func() error }{Other: func() error {
	_, err := keep(missing.X)
	return err
}}
`
	built, omissions := builtFrom(t, source)
	for _, o := range omissions {
		if !o.Part && o.Name != "p.command" {
			t.Errorf("%s is left out: %s", o.Name, o.Why)
		}
	}
	for name, member := range built.Members {
		fn, ok := member.(*ssa.Function)
		want := name[len(name)-1] - '0'
		if !ok || want > 9 {
			continue
		}
		if got := kept(fn); got != int(want) {
			fn.WriteTo(os.Stderr)
			t.Errorf("%s has %d calls of keep", name, got)
		}
	}
}

// TestFailure executes what hangs on an error of somebody who is not there: his call is called as
// he is, and answers the error that is returned.
func TestFailure(t *testing.T) {
	t.Parallel()
	built, _ := builtFrom(t, `package p

import "example.com/missing"

func find(c *missing.Client, id string) error { return nil }

func read(id string) (string, error) {
	c := missing.New()
	v, err := c.Find(id)
	if err != nil {
		return "", err
	}
	return v.Name, nil
}
`)
	fn := built.Func("read")
	var calls []string
	returned := false
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Call:
				if load, ok := instr.Call.Value.(*ssa.UnOp); ok {
					name, _, _ := strings.Cut(load.X.Name(), " ")
					calls = append(calls, name)
				}
			case *ssa.Return:
				_, isCall := instr.Results[1].(*ssa.Call)
				returned = returned || isCall
			}
		}
	}
	if !slices.Contains(calls, "Find") || !returned {
		fn.WriteTo(os.Stderr)
		t.Errorf("calls %q, and returns its error: %v", calls, returned)
	}
}

// builtFrom returns a package that imports what is missing, in SSA form, and what is left out of it.
func builtFrom(t *testing.T, source string) (*ssa.Package, []partial.Omission) {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	files := []*ast.File{file}
	info, pkg, errs := check("p", fset, files, func(string) (*types.Package, error) { return nil, errors.New("it is missing") })
	omissions := partial.Omissions(pkg, files, info, errs)
	files, known := partial.Prune(files, info, omissions)
	prog := ssa.NewProgram(fset, ssa.SanityCheckFunctions)
	for _, dep := range pkg.Imports() {
		prog.CreatePackage(dep, nil, nil, true)
	}
	built := prog.CreatePackage(pkg, files, known, false)
	built.Build()
	return built, omissions
}

// kept counts the calls of keep in a function, and in its literals.
func kept(fn *ssa.Function) (n int) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(ssa.CallInstruction); ok {
				if callee := call.Common().StaticCallee(); callee != nil && callee.Name() == "keep" {
					n++
				}
			}
		}
	}
	for _, lit := range fn.AnonFuncs {
		n += kept(lit)
	}
	return n
}
