package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/errswallow/errswallow/internal/clitest"
)

// sound is a module with a finding in a package, in its tests, and in a package that
// imports it.
var sound = map[string]string{
	"go.mod":             "module example.com/m\n\ngo 1.26.0\n",
	"rt/rt.go":           "package rt\n\nimport \"os/exec\"\n\nfunc Exists(id string) bool { return exec.Command(\"docker\", \"inspect\", id).Run() == nil }\n\nfunc Inspect(id string) error { return exec.Command(\"docker\", \"inspect\", id).Run() }\n",
	".errswallow.yaml":   "evidence: possible\n", // what is found in tests is no more
	"rt/rt_test.go":      "package rt\n\nfunc running(id string) bool { return Inspect(id) == nil }\n",
	"user/user.go":       "package user\n\nimport \"example.com/m/rt\"\n\nfunc IsUp(id string) bool { return rt.Inspect(id) == nil }\n",
	"unasked/unasked.go": "package unasked\n",
}

// tree writes files into a folder of their own, after those of the sound module.
func tree(t *testing.T, more map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for _, files := range []map[string]string{sound, more} {
		for name, text := range files {
			clitest.Write(t, filepath.Join(dir, name), text)
		}
	}
	return dir
}

// found returns the diagnostics in what the command prints.
func found(out string) []string {
	var lines []string
	for line := range strings.Lines(out) {
		if message := regexp.MustCompile(`^(?:\./)?(\S+\.go:\d+:\d+: .* \(\w+(?:, possible)?\))\n$`).FindStringSubmatch(line); message != nil {
			lines = append(lines, message[1])
		}
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

// causes are why a package does not load whole: what is added to the sound module, or
// changed, how many packages then are analysed in part, and what -verbose says.
var causes = map[string]struct {
	files map[string]string
	env   []string
	part  int
	want  string
}{
	"embedded file": {
		map[string]string{"rt/web.go": "package rt\n\nimport \"embed\"\n\n//go:embed dist/*\nvar web embed.FS\n\nfunc Web() embed.FS { return web }\n"}, nil,
		0, "rt/web.go:5:12: pattern dist/*: no matching files found",
	},
	"C header": {
		map[string]string{"rt/c.go": "package rt\n\n// #include <no/such/header.h>\nimport \"C\"\n\nfunc native() int { return int(C.n()) }\n"}, nil,
		1, "rt/c.go:3:11: fatal error: no/such/header.h: No such file or directory",
	},
	"pkg-config": {
		map[string]string{"rt/c.go": "package rt\n\n// #cgo pkg-config: no-such-library\nimport \"C\"\n\nfunc native() int { return int(C.n()) }\n"}, nil,
		1, "rt.native is left out in part: C.n has no type",
	},
	"C compiler": {
		map[string]string{"rt/c.go": "package rt\n\n// static int n(void) { return 1; }\nimport \"C\"\n\nfunc native() int { return int(C.n()) }\n"}, []string{"CC=no-such-compiler", "CGO_ENABLED=1"},
		1, "rt.native is left out in part: C.n has no type",
	},
	"generated file": {
		map[string]string{"rt/gen.go": "package rt\n\nfunc generated() Generated { return Generated{} }\n"}, nil,
		1, "rt/gen.go:3:18: undefined: Generated",
	},
	"generated package": {
		map[string]string{"rt/gen.go": "package rt\n\nimport \"example.com/m/gen\"\n\nfunc generated() { gen.F() }\n"}, nil,
		1, "rt/gen.go:3:8: could not import example.com/m/gen (there is no such package in this module)\n",
	},
	"import": {
		map[string]string{"rt/imp.go": "package rt\n\nimport \"example.org/nowhere\"\n\nfunc imported() { nowhere.F() }\n"}, []string{"GOPROXY=off", "GOFLAGS=-mod=mod"},
		1, "could not import example.org/nowhere (cannot find module providing package example.org/nowhere: module lookup disabled by GOPROXY=off)",
	},
	"module": {
		map[string]string{"go.mod": "module example.com/m\n\ngo 1.26.0\n\nrequire example.org/nowhere v1.0.0\n", "rt/imp.go": "package rt\n\nimport \"example.org/nowhere\"\n\nfunc imported() { nowhere.F() }\n"}, []string{"GOPROXY=off"},
		1, "rt.imported is left out in part: nowhere.F has no type",
	},
	"vendor": {
		map[string]string{"go.mod": "module example.com/m\n\ngo 1.26.0\n\nrequire example.org/lib v1.0.0\n\nreplace example.org/lib => ./lib\n", "lib/go.mod": "module example.org/lib\n", "lib/lib.go": "package lib\n", "rt/lib.go": "package rt\n\nimport _ \"example.org/lib\"\n", "vendor/modules.txt": "# example.org/lib v0.9.0\n## explicit\nexample.org/lib\n"}, nil,
		0, "go.mod and vendor/modules.txt do not agree",
	},
	"test file": {
		map[string]string{"rt/other_test.go": "package rt\n\nfunc broken() { missing() }\n", "rt/x_test.go": "package rt_test\n\nimport \"example.com/m/rt\"\n\nfunc broken() { rt.Missing() }\n"}, nil,
		2, "rt/x_test.go:5:20: undefined: rt.Missing",
	},
	"types": {
		map[string]string{"rt/types.go": "package rt\n\nfunc wrong() int { return \"\" }\n\nvar lit = func() int { return \"\" }\n"}, nil,
		1, "example.com/m/rt.lit is left out in part: cannot use",
	},
	"syntax": {
		map[string]string{"rt/syntax.go": "package rt\n\nfunc wrong() {\n\tif {\n\t}\n}\n"}, nil,
		1, "rt/syntax.go:4:5: missing condition in if statement",
	},
	"twice": {
		map[string]string{"rt/twice.go": "package rt\n\nfunc one() {}\n\nfunc one() {}\n"}, nil,
		1, "rt/twice.go:5:6: one redeclared in this block; rt/twice.go:3:6: other declaration of one",
	},
	"own package": {
		map[string]string{"unasked/unasked.go": "package unasked\n\nfunc F() missing { return 1 }\n", "rt/uses.go": "package rt\n\nimport \"example.com/m/unasked\"\n\nfunc uses() { unasked.F() }\n"}, nil,
		1, "rt.uses is left out in part: unasked.F has no type",
	},
}

// TestCauses has each cause cost what it touches and nothing else: the same findings
// as without it, and one line that says so.
func TestCauses(t *testing.T) {
	clitest.Slow(t, "loads a tree for each cause")
	t.Parallel()
	without, stderr, status := run(t, tree(t, nil), command, "./...")
	want := found(without)
	if status != 3 || len(want) != 3 || stderr != "" {
		t.Fatalf("status %d, %d findings without a cause:\n%s%s", status, len(want), without, stderr)
	}
	for name, cause := range causes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := tree(t, cause.files)
			stdout, stderr, status := clitest.Run(t, dir, cause.env, command, "./...")
			if got := found(stdout); status != 3 || !slices.Equal(got, want) {
				t.Errorf("status %d, findings:\n%s\nwant:\n%s\n%s", status, strings.Join(got, "\n"), strings.Join(want, "\n"), stderr)
			}
			summary := map[int]string{1: "errswallow: 1 package analysed in part (", 2: "errswallow: 2 packages analysed in part ("}[cause.part]
			if name == "vendor" {
				summary = "errswallow: " + cause.want
			}
			if !strings.HasPrefix(stderr, summary) || strings.Count(stderr, "\n") > 1 || summary == "" && stderr != "" {
				t.Errorf("no %q, or not only that:\n%s", summary, stderr)
			}
			if _, stderr, _ = clitest.Run(t, dir, cause.env, command, "-verbose", "./..."); !strings.Contains(stderr, cause.want) {
				t.Errorf("-verbose does not say %q:\n%s", cause.want, stderr)
			}
			for line := range strings.Lines(stderr) {
				if !strings.HasPrefix(line, "errswallow: ") {
					t.Errorf("a line of its own: %s", line)
				}
			}
		})
	}
}

// TestTouched leaves out a function whose signature has what is wrong in it, and what would
// be found there with it; of one that has it in its body, that alone.
func TestTouched(t *testing.T) {
	t.Parallel()
	for signature, want := range map[string]string{
		"IsUp(id string, v missing.V)": "",
		"IsUp(id string)":              "IsUp: answers false, ",
	} {
		dir := tree(t, map[string]string{"user/user.go": "package user\n\nimport \"example.com/m/rt\"\n\nfunc " + signature + " bool { var n int = \"\"; return rt.Inspect(id) == nil }\n\n//errswallow:ignore collapse in what is left out, perhaps\nfunc F() {}\n"})
		stdout, stderr, status := run(t, dir, command, "./user")
		if (status != 1) != (want != "") || (stdout != "") != (want != "") || !strings.Contains(stdout, want) || !strings.HasPrefix(stderr, "errswallow: 1 package analysed in part") {
			t.Errorf("%s: status %d:\n%s%s", signature, status, stdout, stderr)
		}
	}
}

// TestLeftOut takes a client of one's own whose code has no types for one that nobody can see:
// what it does is told by its name, in its package and in others.
func TestLeftOut(t *testing.T) {
	t.Parallel()
	dir := tree(t, map[string]string{
		"api/api.go":   "package api\n\nimport (\n\t\"net/http\"\n\n\t\"example.com/m/gen\"\n)\n\ntype Machine struct{ On bool }\n\ntype Client struct{ http.Client }\n\nfunc (c *Client) GetMachine(id string) (*Machine, error) {\n\tm, err := gen.New(c).Get(id)\n\tif err != nil {\n\t\treturn nil, err\n\t}\n\treturn &Machine{m.On}, nil\n}\n\nfunc (c *Client) Limit() int { return 3 }\n",
		"user/user.go": "package user\n\nimport \"example.com/m/api\"\n\nfunc IsOn(c *api.Client, id string) bool {\n\tm, err := c.GetMachine(id)\n\treturn err == nil && m.On && c.Limit() > 0\n}\n\nfunc On(c *api.Client, id string) (bool, error) {\n\tm, err := c.GetMachine(id)\n\tif err != nil {\n\t\treturn false, err\n\t}\n\treturn m.On, nil\n}\n",
	})
	for _, packages := range [][]string{{"./user"}, {"./api", "./user"}} {
		stdout, _, status := run(t, dir, command, packages...)
		if want := "user/user.go:7:2: IsOn: answers false, as for a Machine that does not exist, when api.GetMachine of a Machine times out (collapse)"; status != 3 || len(found(stdout)) != 1 || found(stdout)[0] != want {
			t.Errorf("%v: status %d:\n%s\nwant: %s", packages, status, stdout, want)
		}
	}
}

// TestMissingClient asks a client of which there is no code: what it answers last is an error, where
// a variable is called so. What is got from what it answers beside that may tell absence, so that
// what hangs on it is possible only.
func TestMissingClient(t *testing.T) {
	t.Parallel()
	dir := tree(t, map[string]string{
		"own.cat":      "forgets (*example.com/m/tf.Data).SetId \"\"\n",
		"tf/tf.go":     "package tf\n\ntype Data struct{ id string }\n\nfunc (d *Data) Id() string { return d.id }\n\nfunc (d *Data) SetId(id string) { d.id = id }\n",
		"user/user.go": "package user\n\nimport (\n\t\"example.com/m/gen\"\n\t\"example.com/m/tf\"\n)\n\nfunc Read(d *tf.Data) error {\n\tv, err := gen.New().FindThing(d.Id())\n\tif err != nil {\n\t\td.SetId(\"\")\n\t\treturn nil\n\t}\n\treturn v.Store(d)\n}\n\nfunc ReadGated(d *tf.Data) error {\n\tv, resp, err := gen.New().FindThing(d.Id())\n\tif err != nil {\n\t\tif resp != nil && resp.StatusCode == 404 {\n\t\t\td.SetId(\"\")\n\t\t\treturn nil\n\t\t}\n\t\treturn err\n\t}\n\treturn v.Store(d)\n}\n",
	})
	want := []string{"user/user.go:11:10: Read: calls SetId, as for a resource that does not exist, when FindThing times out (destroy)"}
	stdout, stderr, status := run(t, dir, command, "-evidence=likely", "-catalogue", "own.cat", "./user")
	if status != 3 || !slices.Equal(found(stdout), want) {
		t.Errorf("status %d:\n%s%s", status, stdout, stderr)
	}
	stdout, _, _ = run(t, dir, command, "-catalogue", "own.cat", "-evidence", "possible", "./user")
	if !strings.Contains(stdout, "ReadGated: calls SetId, as for a resource that does not exist, when FindThing times out (destroy, possible)") {
		t.Errorf("possible:\n%s", stdout)
	}
}

// TestMissingTypes executes functions whose signatures have types of a package that is not there, and
// takes a call of a logger from there for one: nobody keeps what it is handed.
func TestMissingTypes(t *testing.T) {
	t.Parallel()
	dir := tree(t, map[string]string{
		"asks/asks.go": `package asks

import (
	"os/exec"

	"example.com/m/gen"
	log "example.com/m/gen/logger"
)

func Find(n gen.Node) (*gen.Volume, error) {
	if err := exec.Command("docker", "inspect", "v").Run(); err != nil {
		log.Errorf("inspect: %s", err.Error())
		return nil, err
	}
	return &gen.Volume{}, nil
}
`,
		"user/user.go": `package user

import (
	"example.com/m/asks"
	"example.com/m/gen"
	log "example.com/m/gen/logger"
)

func Exists(n gen.Node) bool {
	v, err := asks.Find(n)
	if err != nil {
		log.Errorf("find: %s", err.Error())
		return false
	}
	return v != nil
}

func Known(n gen.Node) (bool, error) {
	v, err := asks.Find(n)
	if err != nil {
		log.Errorf("find: %s", err.Error())
		return false, err
	}
	return v != nil, nil
}
`,
	})
	want := []string{"user/user.go:13:3: Exists: answers false, as for an object that does not exist, when Find (docker inspect) times out (collapse)"}
	stdout, stderr, status := run(t, dir, command, "-evidence=likely", "-verbose", "./user")
	if status != 3 || !slices.Equal(found(stdout), want) {
		t.Errorf("status %d:\n%s%s", status, stdout, stderr)
	}
	if strings.Contains(stderr, "is left out: ") || strings.Contains(stderr, "undefined") {
		t.Errorf("more than what is not there is left out, or told of:\n%s", stderr)
	}
}

// TestMissingCalls has calls of a package that cannot be had say what they do: by the command line that
// they are handed, and by their name where they are handed a context.
func TestMissingCalls(t *testing.T) {
	t.Parallel()
	dir := tree(t, map[string]string{"user/user.go": `package user

import (
	"context"

	"example.com/m/gen"
)

func Active(unit string) bool {
	_, err := gen.RunCommand("systemctl", "is-active", unit)
	return err == nil
}

func Exists(ctx context.Context, id string) bool {
	user, err := gen.GetUser(ctx, id)
	if err != nil {
		return false
	}
	return user != nil
}

func Drawn(ctx context.Context, id string) bool {
	_, err := gen.DrawUser(ctx, id)
	return err == nil
}

func Parsed(id string) bool {
	_, err := gen.GetUser(id)
	return err == nil
}
`})
	want := []string{
		"user/user.go:11:2: Active: answers false, as for a unit that does not exist, when systemctl is-active times out (collapse)",
		"user/user.go:17:3: Exists: answers false, as for something that does not exist, when GetUser times out (collapse)",
	}
	stdout, stderr, status := run(t, dir, command, "-evidence=likely", "-verbose", "./user")
	if status != 3 || !slices.Equal(found(stdout), want) {
		t.Errorf("status %d:\n%s%s", status, stdout, stderr)
	}
}

// TestNotAtAll fails, whatever else is found, and says why without being asked.
func TestNotAtAll(t *testing.T) {
	t.Parallel()
	dir := tree(t, map[string]string{"empty/empty.go": "packag empty\n"})
	stdout, stderr, status := run(t, dir, command, "./...")
	if status != 1 || len(found(stdout)) != 3 || !strings.Contains(stderr, "errswallow: empty/empty.go:1:1: expected 'package'") || !strings.HasSuffix(stderr, "errswallow: 1 package not analysed at all (-verbose says what is left out, and why)\n") {
		t.Errorf("status %d:\n%s%s", status, stdout, stderr)
	}
}

// TestLossesForMachines has JSON, SARIF and annotations say what is left out.
func TestLossesForMachines(t *testing.T) {
	t.Parallel()
	dir := tree(t, causes["types"].files)
	stdout, _, status := run(t, dir, command, "-json", "./...")
	var got map[string]map[string][]struct{ Category, Posn, Message string }
	if err := json.Unmarshal([]byte(stdout), &got); err != nil || status != 3 {
		t.Fatalf("status %d, %v:\n%s", status, err, stdout)
	}
	at := filepath.Join(dir, "rt", "types.go")
	var entries []string
	for _, e := range got["example.com/m/rt"]["load"] {
		message, _, _ := strings.Cut(e.Message, ":")
		entries = append(entries, fmt.Sprintf("%s %s %s", e.Category, strings.TrimPrefix(e.Posn, at), message))
	}
	if want := []string{
		`fault :3:27 cannot use "" (untyped string constant) as int value in return statement`,
		`fault :5:31 cannot use "" (untyped string constant) as int value in return statement`,
		"left out :3:1 example.com/m/rt.wrong is left out in part",
		"left out :5:5 example.com/m/rt.lit is left out in part",
	}; !slices.Equal(entries, want) {
		t.Errorf("%s\nwant:\n%s", strings.Join(entries, "\n"), strings.Join(want, "\n"))
	}
	if n := len(got["example.com/m/user"]["errswallow"]); n != 1 {
		t.Errorf("%d findings of a package that imports it", n)
	}

	stdout, _, _ = run(t, dir, command, "-sarif", "-", "./...")
	sarif := readSARIF(t, stdout)
	if n := len(sarif.Invocations[0].Notifications); n != 4 || !sarif.Invocations[0].ExecutionSuccessful || len(sarif.Results) != 3 {
		t.Errorf("%d notifications, %d results", n, len(sarif.Results))
	}

	stdout, _, _ = run(t, dir, command, "-format", "github", "./...")
	if !strings.HasSuffix(stdout, "\n::warning title=errswallow::1 package analysed in part\n") {
		t.Error(stdout)
	}
}

// TestBaselineInPart renews the lines that a run has eyes for, and keeps the others:
// of packages and rules that it is not asked of, and of functions that are left out.
func TestBaselineInPart(t *testing.T) {
	t.Parallel()
	dir := tree(t, nil)
	lines := func() []string {
		var out []string
		for line := range strings.Lines(clitest.Read(t, filepath.Join(dir, "b"))) {
			if !strings.HasPrefix(line, "#") {
				out = append(out, strings.TrimSpace(line))
			}
		}
		return out
	}
	write := func(want int, args ...string) {
		t.Helper()
		if stdout, stderr, status := run(t, dir, command, append([]string{"-baseline=b", "-write-baseline"}, args...)...); status != want || stdout != "" {
			t.Errorf("%v: status %d:\n%s%s", args, status, stdout, stderr)
		}
	}
	write(0, "./...")
	all := []string{"collapse example.com/m/rt.Exists", "collapse example.com/m/rt.running", "collapse example.com/m/user.IsUp"}
	for _, args := range [][]string{{"./user"}, {"./unasked"}, {"-rules", "destroy", "./..."}, {"-test=false", "./..."}} {
		if write(0, args...); !slices.Equal(lines(), all) {
			t.Errorf("%v: %v", args, lines())
		}
		if stdout, stderr, status := run(t, dir, command, append([]string{"-baseline=b"}, args...)...); status != 0 || stdout+stderr != "" {
			t.Errorf("%v: status %d:\n%s%s", args, status, stdout, stderr)
		}
	}
	clitest.Write(t, filepath.Join(dir, "user", "user.go"), strings.Replace(sound["user/user.go"], "return", "var n int = \"\"; return", 1))
	if write(1, "./..."); !slices.Equal(lines(), all) {
		t.Errorf("in part: %v", lines())
	}
	clitest.Write(t, filepath.Join(dir, "user", "user.go"), "package user\n")
	if write(0, "./..."); !slices.Equal(lines(), all[:2]) {
		t.Errorf("gone: %v", lines())
	}
	if os.Chmod(filepath.Join(dir, "b"), 0o400); os.Geteuid() != 0 {
		write(1, "./...")
	}
}
