package analyzer

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// forms are the ways in which a function of a type can be called: what is declared, what
// stands before the call in a function with the parameters p, of that type, and s, a
// *struct with it in its fields, and what is called. SIG is the signature, FN a func literal
// of it, IN its parameters and OUT its results; ARGS are the parameters' names.
var forms = []struct{ name, declared, before, callee string }{
	{name: "static", declared: "func f IN OUT BODY", callee: "f"},
	{name: "method", declared: "type t struct{}\nfunc (*t) m IN OUT BODY", callee: "new(t).m"},
	{name: "value", declared: "type t struct{}\nfunc (t) m IN OUT BODY", callee: "(t{}).m"},
	{name: "promoted", declared: "type u struct{}\nfunc (u) m IN OUT BODY\ntype t struct{ *u }", callee: "(t{}).m"},
	{name: "interface", declared: "type i interface{ m IN OUT }\nvar x i", callee: "x.m"},
	{name: "embedded", declared: "type j interface{ m IN OUT }\ntype i interface{ j }\ntype t struct{ i }", callee: "(t{}).m"},
	{name: "closure", before: "k := 0\nf := func IN OUT { k++; BODY2 }\n_ = k", callee: "f"},
	{name: "literal", callee: "FN"},
	{name: "field", callee: "s.f"},
	{name: "local field", before: "l := struct{ f SIG }{FN}", callee: "l.f"},
	{name: "empty field", before: "var l struct{ f SIG }", callee: "l.f"},
	{name: "field stored twice", before: "l := struct{ f SIG }{FN}\nl.f = s.f", callee: "l.f"},
	{name: "nested field", callee: "s.n.f"},
	{name: "map", before: "m := map[string]SIG{\"docker\": FN}", callee: "m[\"docker\"]"},
	{name: "slice", before: "l := []SIG{FN}", callee: "l[0]"},
	{name: "array", before: "var l [2]SIG", callee: "l[1]"},
	{name: "parameter", callee: "p"},
	{name: "pointer", before: "q := &p", callee: "(*q)"},
	{name: "method value", declared: "type t struct{}\nfunc (*t) m IN OUT BODY", before: "f := new(t).m", callee: "f"},
	{name: "method expression", declared: "type t struct{}\nfunc (t) m IN OUT BODY", before: "f := func(x t) SIG { return x.m }", callee: "f(t{})"},
	{name: "interface method value", declared: "type i interface{ m IN OUT }\nvar x i", before: "f := x.m", callee: "f"},
	{name: "variable", declared: "var f = FN", callee: "f"},
	{name: "nil variable", declared: "var f SIG", callee: "f"},
	{name: "variable of a function", declared: "func g IN OUT BODY\nvar f = g", callee: "f"},
	{name: "answer", declared: "func f() SIG { return FN }", callee: "f()"},
	{name: "generic", declared: "func f[T any](T) SIG { return FN }", callee: "f[int](0)"},
	{name: "instance", declared: "type t[T any] struct{ x T }\nfunc (t[T]) m IN OUT BODY", callee: "(t[int]{}).m"},
	{name: "asserted", before: "var a any = p", callee: "a.(SIG)"},
	{name: "received", before: "c := make(chan SIG, 1)\nc <- p", callee: "(<-c)"},
	{name: "converted", declared: "type t SIG", callee: "t(p)"},
	{name: "chosen", before: "f := p\nif s == nil { f = FN }", callee: "f"},
	{name: "nil", callee: "SIG(nil)"},
	{name: "itself", declared: "func f IN OUT { return f(ARGS) }", callee: "f"},
}

// roles are what is asked of what is called, beside another docker command: a query, with
// the program and without, one that answers no error, a not-found predicate, a wrapper, and a
// call that cannot be undone.
var roles = []struct{ name, in, args, out, body, use string }{
	{"query", "(words ...string)", "words...", "(string, error)", `return "", nil`, `_, err := CALL("docker", "inspect", id); return err == nil`},
	{"words", "(words ...string)", "words...", "(string, error)", `return docker(words...)`, `_, err := CALL("container", "inspect", id); return err == nil`},
	{"list", "(words []string)", "words", "error", `return exec.Command("docker", words...).Run()`, `return CALL([]string{"inspect", id}) == nil`},
	{"bool", "(words ...string)", "words...", "bool", `_, err := docker(words...); return err == nil`, `return CALL("inspect", id)`},
	{"status", "(words ...string)", "words...", "int", `return len(words)`, `return CALL("docker", "inspect", id) == 0`},
	{"nothing", "()", "", "", `return`, `CALL(); return true`},
	{"command", "(name string, words ...string)", "name, words...", "*exec.Cmd", `return exec.Command(name, words...)`, `return CALL("docker", "inspect", id).Run() == nil`},
	{"run", "(c *exec.Cmd)", "c", "error", `return c.Run()`, `return CALL(exec.Command("docker", "inspect", id)) == nil`},
	{"gate", "(err error)", "err", "bool", `return err != nil`, `_, err := docker("inspect", id); if CALL(err) { return false }; return true`},
	{"wrap", "(err error)", "err", "error", `return err`, `_, err := docker("inspect", id); if CALL(err) != nil { return false }; return true`},
	{"destroy", "(words ...string)", "words...", "error", `return exec.Command("docker", words...).Run()`, `if _, err := docker("inspect", id); err != nil { CALL("rm", id) }; return true`},
	{"deferred", "(words ...string)", "words...", "error", `return nil`, `defer CALL("docker", "rm", id); go CALL("docker", "inspect", id); _, err := docker("inspect", id); return err == nil`},
}

// builtins are calls of what is predeclared, in the place of all of these.
var builtins = []string{
	`_, err := docker("inspect", id); print(err); return err == nil`,
	`_, err := docker("inspect", id); if err != nil { panic(err) }; return true`,
	`out, _ := docker("inspect", id); return len(out) > 0`,
	`out, _ := docker(append([]string{"inspect"}, id)...); return min(len(out), cap([]byte(out))) > 0`,
	`out, _ := docker([]string{"inspect", id}[:1]...); return copy(make([]byte, 3), out) > 0`,
	`m := map[string]error{}; _, m[id] = docker("inspect", id); delete(m, id); clear(m); return len(m) == 0`,
	`defer func() { recover() }(); _, err := docker("inspect", id); return err == nil`,
	`var words []string; _, err := docker(words[:]...); return err == nil`,
	`var words [2]string; words[0] = "inspect"; _, err := docker(words[:]...); return err == nil`,
	`_, err := docker(make([]string, len(id))...); return err == nil`,
	`run := exec.Command("docker", "inspect", id).Run; return run() == nil`,
	`run := (*exec.Cmd).Run; return run(exec.Command("docker", "inspect", id)) == nil`,
	`run := exec.Command; return run("docker", "inspect", id).Run() == nil`,
	`var c exec.Cmd; return c.Run() == nil && (&exec.Cmd{}).Run() == nil && (*exec.Cmd)(nil).Run() == nil`,
}

// TestCallees calls functions in every way that there is, in every place where the pass
// looks at what is called: it does not panic, and the packages that it looks at compile.
func TestCallees(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	const head = "package p\n\nimport \"os/exec\"\n\n" +
		"func docker(words ...string) (string, error) {\n\tout, err := exec.Command(\"docker\", words...).Output()\n\treturn string(out), err\n}\n\n"
	write("go.mod", "module callees\n\ngo 1.25\n")
	for i, role := range roles {
		for j, form := range forms {
			sig := "func" + role.in + " " + role.out
			fill := strings.NewReplacer("SIG", "("+sig+")", "FN", "("+sig+" { "+role.body+" })", "BODY2", role.body, "BODY", "{ "+role.body+" }", "IN", role.in, "OUT", role.out, "ARGS", role.args).Replace
			if role.out == "" && form.name == "itself" {
				form.declared = "func f() { f() }"
			}
			write(fmt.Sprintf("r%d/f%d/p.go", i, j), head+fill(form.declared)+"\n\n"+
				"type fields struct {\n\tf "+sig+"\n\tn struct{ f "+sig+" }\n}\n\n"+
				"func Exists(id string, p "+sig+", s *fields) bool {\n"+fill(form.before)+"\n"+strings.ReplaceAll(role.use, "CALL", fill(form.callee))+"\n}\n\n"+
				"func Other(id string) bool { return exec.Command(\"docker\", \"inspect\", id).Run() == nil }\n")
		}
	}
	for i, body := range builtins {
		write(fmt.Sprintf("b%d/p.go", i), head+"func Exists(id string) bool { "+body+" }\n")
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Dir: dir}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pkgs {
		for _, e := range p.Errors {
			t.Errorf("%v", e)
		}
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{New(Settings{})}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, root := range graph.Roots {
		if root.Err != nil {
			t.Errorf("%s: %v", root.Package.PkgPath, root.Err)
		}
		found += len(root.Diagnostics)
	}
	if found < len(pkgs) { // Other is wrong in each
		t.Errorf("%d findings in %d packages", found, len(pkgs))
	}
}
