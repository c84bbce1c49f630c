package app

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"example.com/forms/rt"
)

// TestMain puts a docker into the path that answers everything.
func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "forms")
	if err != nil {
		panic(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "docker"), []byte("#!/bin/sh\n"), 0o755); err != nil {
		panic(err)
	}
	os.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

func none(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}

func TestMulti(t *testing.T)   { none(t, Multi("a")) }
func TestMaking(t *testing.T)  { Making("a") }
func TestUnnamed(t *testing.T) { none(t, Unnamed("a", "b")) }
func TestHidden(t *testing.T)  { none(t, Hidden("a")) }
func TestBeside(t *testing.T)  { none(t, Beside("a")) }
func TestOut(t *testing.T)     { none(t, Out("a")) }
func TestStays(t *testing.T)   { none(t, OutStays("a")) }
func TestScanned(t *testing.T) { none(t, Scanned(&rt.Row{Open: true})) }
func TestChain(t *testing.T)   { none(t, Chain(&rt.DB{Table: "machines"})) }
func TestEmbedded(t *testing.T) {
	none(t, Embedded(store{&rt.DB{}}))
}
func TestValued(t *testing.T)  { none(t, Valued(rt.DB{})) }
func TestDropped(t *testing.T) { none(t, Dropped(rt.Reply{})) }
func TestCommand(t *testing.T) { none(t, Command("a")) }
func TestPrinted(t *testing.T) { none(t, Printed("a")) }
func TestHelped(t *testing.T)  { none(t, Helped("a")) }
func TestGoing(t *testing.T) {
	before := runtime.NumGoroutine()
	Going("a")
	for runtime.NumGoroutine() > before { // what it has begun may begin late
		runtime.Gosched()
	}
}
func TestDeferred(t *testing.T) { Deferred("a") }
func TestBeyond(t *testing.T)   { none(t, Beyond("a")) }
func TestInstance(t *testing.T) { none(t, Instance()) }
func TestInferred(t *testing.T) { none(t, Inferred("a")) }
func TestGeneric(t *testing.T)  { none(t, Generic(func() int { return 1 })) }
func TestVariable(t *testing.T) { none(t, Variable("a")) }
func TestFirst(t *testing.T)    { none(t, First()) }
func TestLiteral(t *testing.T)  { none(t, Literal("a")) }
func TestNested(t *testing.T)   { none(t, Nested("a")) }
func TestCrashing(t *testing.T) { Crashing("a") }
func TestCareless(t *testing.T) {
	if !Careless("a").Running {
		t.Error("it does not run")
	}
}
func TestWaiting(t *testing.T)   { Waiting("a") }
func TestStuck(t *testing.T)     { Stuck("a") }
func TestUnnoticed(t *testing.T) { Unnoticed("a") }
func TestTold(t *testing.T) {
	t.Run("runs", func(t *testing.T) {
		running, err := Told("a")
		none(t, err)
		if !running {
			t.Error("it does not run")
		}
	})
}
func TestSafe(t *testing.T) {
	t.Parallel()
	before := client.Removed
	none(t, Safe("a"))
	if client.Removed != before {
		t.Error("removed")
	}
}
func TestListed(t *testing.T) { none(t, Listed()) }

type fake struct{}

func (fake) Probe(id string) (bool, error) { return true, nil }

func TestThrough(t *testing.T) { none(t, Through(fake{}, "a")) }
func TestReal(t *testing.T)    { none(t, Real("a")) }
func TestFailing(t *testing.T) {
	none(t, Failing("a"))
	t.Error("it fails always")
}
func TestGenerated(t *testing.T) { none(t, Generated("a")) }

type domains struct{}

func (domains) ReadDomain(id string) (string, error) { return id, nil }

func TestForgets(t *testing.T)   { Forgets(domains{}, &rt.Resource{ID: "a"}) }
func TestTakesBack(t *testing.T) { none(t, TakesBack("a")) }
func TestReplaces(t *testing.T)  { none(t, Replaces("a")) }

type signal chan bool

func (s signal) Inspect(id string) (rt.Machine, error) {
	s <- true
	return rt.Machine{}, nil
}

// TestSignals waits for its fake to be called.
func TestSignals(t *testing.T) {
	called := make(signal, 1)
	Signals(called)
	<-called
}
