package catalogue

import (
	"go/types"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// TestInterfaces finds every query through all that a client is handed around
// as: the *APIClient interfaces that declare its methods.
func TestInterfaces(t *testing.T) {
	t.Parallel()
	loaded, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedTypes | packages.NeedImports | packages.NeedDeps, Dir: "../../testdata",
	}, "github.com/docker/docker/client")
	if err != nil {
		t.Fatal(err)
	}
	cat := New(Builtin()...)
	found := 0
	for _, p := range loaded {
		for _, name := range p.Types.Scope().Names() {
			iface, ok := p.Types.Scope().Lookup(name).Type().Underlying().(*types.Interface)
			if !ok || !strings.HasSuffix(name, "APIClient") {
				continue
			}
			for m := range iface.Methods() {
				s, ok := cat.Lookup(m)
				if AnswersError(m) && !ok {
					t.Errorf("%s.%s is not found", name, m.Name())
				}
				if ok && s.Kind == Query {
					found++
				}
			}
		}
	}
	if found == 0 {
		t.Error("no query found")
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ text, want string }{
		{"query example.com/rt.Inspect container\n", ""},
		{"# a comment\n\nnotfound (*example.com/rt.Client).IsAbsent # and another\n", ""},
		{"queri example.com/rt.Inspect\n", `x.cat:1: unknown word "queri"`},
		{"\nquery Inspect\n", `x.cat:2: "Inspect" is not a full name such as example.com/rt.Inspect`},
		{"query (*example.com/rt.Client.Inspect\n", `x.cat:1: "(*example.com/rt.Client.Inspect" is not a full name such as (*example.com/rt.Client).Inspect`},
		{"query a.com/b.C\nquery a.com/b.C\n", "x.cat:2: a.com/b.C is already on line 1"},
		{"query a.com/b.C container too\n", `x.cat:1: want: query SYMBOL [OBJECT or ARGUMENT] [out=N] [model=METHOD] [error=FIELD] [keeps=error] [absent=empty] [beside=object] [status=FIELD] [with=WORD,...], have "too"`},
		{"query a.com/b.C outt=1\n", `x.cat:1: want: query SYMBOL [OBJECT or ARGUMENT] [out=N] [model=METHOD] [error=FIELD] [keeps=error] [absent=empty] [beside=object] [status=FIELD] [with=WORD,...], have "outt=1"`},
		{"query a.com/b.C out=1 out=2\n", "x.cat:1: out=2 is the second of its kind"},
		{"query a.com/b.C model=A model=B\n", "x.cat:1: model=B is the second of its kind"},
		{"query a.com/b.C out=0 out=0\n", "x.cat:1: out=0 is the second of its kind"},
		{"query a.com/b.C row absent=empty out=0 error=Err beside=object\n", ""},
		{"query a.com/b.C status=Code with=GET,HEAD\nquery a.com/b.D status=Code() good=Ok() bad=Failed()\n", ""},
		{"query a.com/b.C status=Code status=Other\n", "x.cat:1: status=Other is the second of its kind"},
		{"query a.com/b.C status=\n", `x.cat:1: want: query SYMBOL [OBJECT or ARGUMENT] [out=N] [model=METHOD] [error=FIELD] [keeps=error] [absent=empty] [beside=object] [status=FIELD] [with=WORD,...], have "status="`},
		{"unseen query Count* absent=empty\n", ""},
		{"unseen query absent=empty\n", "x.cat:1: want: unseen KIND NAME* ... [absent=empty]"},
		{"unseen query absent=empty Count*\n", `x.cat:1: "absent=empty" is not what names begin or end with, such as Get* or *Exists`},
		{"query a.com/b.C row error=Err keeps=error\n", ""},
		{"says fault a # b\nspeaks docker\n", ""},
		{"says nothing at all\n", "x.cat:1: want: says fault TEXT, or: says absent TEXT"},
		{"says absent\n", "x.cat:1: want: says fault TEXT, or: says absent TEXT"},
		{"strong collapse\n", "x.cat:1: want: strong RULE WORD ..."},
		{"destructive a.com/b.C out=1\n", `x.cat:1: want: destructive SYMBOL ["VALUE"] [with=WORD,...], have "out=1"`},
		{"forgets a.com/b.C \"\n", `x.cat:1: want: forgets SYMBOL ["VALUE"], have "\""`},
		{"wrap a.com/b.C x\n", `x.cat:1: want: wrap SYMBOL [ARGUMENT], have "x"`},
		{"reply a.com/b.C\n", "x.cat:1: want: reply SYMBOL ARGUMENT, =STATUS or body"},
		{"query *.Get\n", `x.cat:1: "*.Get" names no package, as (*example.com/rt/....Client).Get* does`},
		{"query /....Get\n", `x.cat:1: "/....Get" names no package, as (*example.com/rt/....Client).Get* does`},
		{"query ....Get\n", `x.cat:1: "....Get" names no package, as (*example.com/rt/....Client).Get* does`},
		{"query (*a.com/b.C).\n", `x.cat:1: "(*a.com/b.C)." is not a full name such as (*example.com/rt.Client).Inspect`},
		{"query (*a.com/b.C[T]).D\nquery (*a.com/b.C).D\n", "x.cat:2: (*a.com/b.C).D is already on line 1"},
		{"\ufeffquery a.com/b.C\r\n", ""},
		{"query a.com/b.C\n\x7fELF\x00\n", "x.cat:2: this is no text"},
		{"makes absent a.com/b.ErrGone\nmakes 503 a.com/b.Busy\nmakes absent \"No such thing: x\"\n", ""},
		{"makes gone a.com/b.ErrGone\n", `x.cat:1: want: makes absent|deadline|eof|refused|503 SYMBOL or "TEXT"`},
		{"makes absent\n", `x.cat:1: want: makes absent|deadline|eof|refused|503 SYMBOL or "TEXT"`},
		{"makes absent a.com/b.ErrGone too\n", `x.cat:1: want: makes absent SYMBOL or "TEXT", have "too"`},
		{"makes absent (a.com/b.C).Gone\n", "x.cat:1: (*a.com/b.C).Gone is no function and no variable of a package"},
		{"module a.com/b\n", "x.cat:1: want: module PATH VERSION"},
		{"types\n", "x.cat:1: want: types PREFIX"},
		{"program\n", "x.cat:1: want: program NAME [WORD ...]"},
		{"named\n", "x.cat:1: want: named WORD ..."},
		{"wrapper sudo\n", "x.cat:1: want: wrapper NAME SKIP [FLAG ...]"},
		{"runs exec one\n", "x.cat:1: want: runs NAME SKIP [FLAG ...], and a number of words to skip"},
		{"command asks ps\n", "x.cat:1: want: command KIND SUBCOMMAND [OBJECT] [if=FLAG] [absent=empty] [exit=N,...]"},
	} {
		_, err := Parse("x.cat", []byte(test.text))
		if got := message(err); got != test.want {
			t.Errorf("Parse(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

// TestMakes holds the order in which errors are made: what is said of absence first, and
// then the sentinels, those of the package at hand before others.
func TestMakes(t *testing.T) {
	t.Parallel()
	lib, err := Parse("x.cat", []byte("absence a.com/b.ErrB\nabsence a.com/c.ErrC\nmakes absent a.com/d.Gone\nmakes 503 a.com/d.Busy\n"))
	if err != nil {
		t.Fatal(err)
	}
	cat := New(lib)
	for _, test := range []struct{ of, pkg, want string }{
		{MadeAbsent, "a.com/c/rt", "a.com/d.Gone a.com/c.ErrC a.com/b.ErrB"},
		{MadeAbsent, "a.com/b", "a.com/d.Gone a.com/b.ErrB a.com/c.ErrC"},
		{"503", "a.com/b", "a.com/d.Busy"},
		{"eof", "a.com/b", ""},
	} {
		var got []string
		for _, m := range cat.Makes("x", test.of, test.pkg) {
			got = append(got, m.Symbol.String())
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("Makes(%s, %s) = %v, want %s", test.of, test.pkg, got, test.want)
		}
	}
}

// TestStrong holds in which names the words of strong stand.
func TestStrong(t *testing.T) {
	t.Parallel()
	lib, err := Parse("x.cat", []byte("strong collapse exist* has found\n"))
	if err != nil {
		t.Fatal(err)
	}
	cat := New(lib)
	for name, want := range map[string]bool{
		"ImageExists": true, "exists": true, "isExisting": true, "image_exists": true, "userExist": true, "HasTag": true, "UserHas": true, "has": true,
		"Hash": false, "Purchase": false, "HashExists": true, "coexists": false, "Foundation": false, "IsFound": true, "IsHealthy": false, "": false,
	} {
		if got := cat.Strong("x", "collapse", name); got != want {
			t.Errorf("Strong(%q) = %v, want %v", name, got, want)
		}
	}
	if !cat.Strong("x", "destroy", "Sync") || !cat.Strong("y", "collapse", "Sync") {
		t.Error("a rule, or a library, that strong does not name is weaker by it")
	}
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestSelect(t *testing.T) {
	t.Parallel()
	libs, err := Select(Builtin(), []string{"docker"})
	if err != nil {
		t.Fatal(err)
	}
	for _, lib := range libs {
		if lib.Name != "docker" && lib.Runtime() {
			t.Errorf("%s is selected, too", lib.Name)
		}
	}
	_, err = Select(Builtin(), []string{"dokcer"})
	if want := `unknown library "dokcer": have `; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("error %v, want %s...", err, want)
	}
}

func TestCommand(t *testing.T) {
	t.Parallel()
	cat := New(Builtin()...)
	for _, test := range []struct {
		program string
		args    []string
		want    string
		kind    Kind
	}{
		{"docker", []string{"inspect", ""}, "docker inspect", Query},
		{"/usr/bin/podman", []string{"--log-level=error", "container", "inspect", "x"}, "podman container inspect", Query},
		{"docker", []string{"rm", "-f", ""}, "docker rm", Destructive},
		{"docker", []string{"info"}, "docker info", Probe},
		{"docker", []string{"", "inspect"}, "", ""},
		{"docker", []string{"logs", "x"}, "", ""},
		{"git", []string{"rm"}, "", ""},
		// Flags, with values and without.
		{"podman", []string{"--log-level", "x", "container", "exists", ""}, "podman container exists", Query},
		{"docker", []string{"-H", "h", "--tls", "container", "inspect"}, "docker container inspect", Query},
		{"docker", []string{"--host=h", "compose", "-f", "f", "ps", "-q"}, "docker compose ps", Query},
		{"docker-compose", []string{"-p", "p", "down"}, "docker-compose compose down", Destructive},
		{"nerdctl", []string{"-n", "ns", "inspect", "x"}, "nerdctl inspect", Query},
		{"incus", []string{"--project", "p", "image", "alias", "list"}, "incus image alias list", Query},
		{"kubectl", []string{"-n", "ns", "get", "pod", "x"}, "kubectl get", Query},
		{"systemctl", []string{"--user", "is-active", "--quiet", "u"}, "systemctl is-active", Query},
		{"virsh", []string{"--connect", "qemu:///system", "domstate", ""}, "virsh domstate", Query},
		{"incus", []string{"info"}, "incus info", Probe},
		{"incus", []string{"info", ""}, "incus info", Query},
		// Programs that run others.
		{"sudo", []string{"-u", "root", "docker", "inspect", "x"}, "docker inspect", Query},
		{"sh", []string{"-c", "docker inspect x"}, "docker inspect", Query},
		{"bash", []string{"-lc", "docker ps | grep x"}, "", ""},
		{"sh", []string{"-c", "docker inspect x || docker create x"}, "", ""},
		{"ssh", []string{"-p", "22", "host", "sudo docker inspect x"}, "docker inspect", Query},
		{"ssh", []string{"docker", "inspect", "x"}, "", ""}, // on the host docker
		{"env", []string{"A=b", "docker", "inspect", "x"}, "docker inspect", Query},
		{"timeout", []string{"10", "docker", "inspect", "x"}, "docker inspect", Query},
		{"sg", []string{"incus-admin", "-c", "incus info x"}, "incus info", Query},
		{"docker", []string{"-H", "h", "exec", "-i", "-u", "root", "", "systemctl", "is-active", "x"}, "systemctl is-active", Query},
		{"docker", []string{"compose", "exec", "-T", "web", "docker", "ps"}, "docker ps", Query},
		{"docker", []string{"exec", "x", "cat", "y"}, "", ""},
		{"docker", []string{"exec"}, "", ""},
		{"sudo", nil, "", ""},
		{"docker inspect x", nil, "docker inspect", Query},
		// The program is not known.
		{"", []string{"container", "inspect", ""}, "container inspect", Query},
		{"", []string{"--debug", "image", "exists"}, "image exists", Query},
		{"", []string{"inspect", "x"}, "", ""},
		{"", []string{"image", "list"}, "", ""},
	} {
		s, _ := cat.Command(line(test.program, test.args))
		if s.Name != test.want || s.Kind != test.kind {
			t.Errorf("%s %q: %s %q, want %s %q", test.program, test.args, s.Kind, s.Name, test.kind, test.want)
		}
	}
}

func TestProgramNamed(t *testing.T) {
	t.Parallel()
	cat := New(Builtin()...)
	for variable, want := range map[string]string{
		"VBoxManagePath": "VBoxManage", "dockerPath": "docker", "DOCKER_BIN": "docker", "podman": "podman",
		"dockerBinaryPath": "docker", "dockerComposeCmd": "docker-compose",
		"": "", "path": "", "binPath": "", "gitPath": "", "dockerfilePath": "", "dockerConfigPath": "",
	} {
		if got := cat.ProgramNamed(variable); got != want {
			t.Errorf("%q holds the path of %q, want %q", variable, got, want)
		}
	}
}

// line is a command line of which "" is not known.
func line(program string, args []string) []Word {
	words := Words(append([]string{program}, args...)...)
	for i, w := range words {
		words[i].Known = w.Text != ""
	}
	return words
}

func FuzzParse(f *testing.F) {
	f.Add("query (*a.com/b.C).D container\n")
	f.Fuzz(func(t *testing.T, text string) {
		lib, err := Parse("x.cat", []byte(text))
		if err == nil {
			New(lib)
		}
	})
}

// TestPatternsOfOnesOwn says that the last library counts for patterns, too, and that what
// is told of a function by a pattern has the function's name.
func TestPatternsOfOnesOwn(t *testing.T) {
	t.Parallel()
	pkg := types.NewPackage("a.com/b/c", "c")
	fn := types.NewFunc(0, pkg, "GetPod", types.NewSignatureType(nil, nil, nil, nil, nil, false))
	var libs []*Library
	for _, text := range []string{"query a.com/....Get*\n", "action a.com/b/....Get*\n"} {
		lib, err := Parse("x.cat", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		libs = append(libs, lib)
	}
	s, ok := New(libs...).Lookup(fn)
	if !ok || s.Kind != Action || s.String() != "a.com/b/c.GetPod" {
		t.Errorf("%v %s %s, want %s a.com/b/c.GetPod", ok, s.Kind, s, Action)
	}
}

// TestAdd says that nothing of a library is lost that is added to another, and that one which
// says anything is not empty.
func TestAdd(t *testing.T) {
	t.Parallel()
	if !(&Library{Name: "own"}).Empty() {
		t.Error("a library that says nothing is not empty")
	}
	typ := reflect.TypeFor[Library]()
	for i := range typ.NumField() {
		if typ.Field(i).Type.Kind() != reflect.Slice {
			continue
		}
		var lib, one Library
		reflect.ValueOf(&one).Elem().Field(i).Set(reflect.MakeSlice(typ.Field(i).Type, 1, 1))
		if one.Empty() {
			t.Errorf("a library with %s is empty", typ.Field(i).Name)
		}
		if lib.Add(&one); !reflect.DeepEqual(lib, one) {
			t.Errorf("%s is lost", typ.Field(i).Name)
		}
	}
}
