package inject

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestTranscript reads what parallel tests print, one of them without an end of its line,
// and tells which of them a site was reached by that has no test in its stack.
func TestTranscript(t *testing.T) {
	t.Parallel()
	script := &transcript{tests: map[string]string{}, open: map[string]int64{}}
	at := map[string]int64{}
	for _, line := range []string{
		"\x16=== RUN   TestA\n", "\x16=== PAUSE TestA\n", "\x16=== RUN   TestB\n", "no end\x16--- PASS: TestB (0.00s)\n",
		"\x16=== CONT  TestA\n", "\x16=== RUN   TestA/sub\n", "    \x16--- FAIL: TestA/sub (0.00s)\n", "\x16--- FAIL: TestA (0.00s)\n", "FAIL\n",
	} {
		time.Sleep(2 * late) // else they are too near to be told apart
		if _, err := script.Write([]byte(line)); err != nil {
			t.Fatal(err)
		}
		at[line] = time.Now().UnixNano()
	}
	var log strings.Builder
	for _, r := range []record{
		{"asked", "p#1", "", at["\x16=== RUN   TestB\n"], nil},
		{"asked", "p#2", "", at["\x16=== CONT  TestA\n"], []string{"p.errswallow_2[...].func1 f.go:1", "q.errswallow_7_of.func1.1 g.go:2", "q.F g.go:3"}},
		{"asked", "p#3", outside, at["\x16=== CONT  TestA\n"], nil},
		{"asked", "p#4", "TestB", at["FAIL\n"], nil},
		{"lost", "p#5", "", at["\x16=== CONT  TestA\n"], nil},
		{"lost", "p#5", "TestA", at["\x16=== CONT  TestA\n"], nil},
	} {
		line, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		log.Write(append(line, '\n'))
	}
	name := filepath.Join(t.TempDir(), "log")
	if err := os.WriteFile(name, []byte(log.String()+`{"Kind": "asked`), 0o666); err != nil {
		t.Fatal(err)
	}
	o := script.outcome(name)
	for test, want := range map[string]string{"TestA": "fail", "TestA/sub": "fail", "TestB": "pass"} {
		if o.Tests[test] != want {
			t.Errorf("%s: %q, want %q", test, o.Tests[test], want)
		}
	}
	for i, want := range [][]string{{"TestB"}, {"TestA"}, nil, {"TestB"}} {
		if got := o.Asked[i].Tests; !slices.Equal(got, want) {
			t.Errorf("%s is reached by %v, want %v", o.Asked[i].Site, got, want)
		}
	}
	if want := []string{"p#2", "q#7"}; !slices.Equal(o.Asked[1].Within, want) {
		t.Errorf("it is reached through %v, want %v", o.Asked[1].Within, want)
	}
	if len(o.Asked) != 4 || o.times("p#5") != 2 || o.within("p#5", "TestA") != 2 {
		t.Errorf("%+v", o)
	}
}

// TestCrash reads what a process prints that panics, and what one prints that does not.
func TestCrash(t *testing.T) {
	t.Parallel()
	const stack = `panic: boom [recovered, repanicked]

goroutine 7 [running]:
testing.tRunner.func1.2({0x51d0a0, 0x57b0f8})
	/go/src/testing/testing.go:1872 +0x237
panic({0x51d0a0?, 0x57b0f8?})
	/go/src/runtime/panic.go:783 +0x132
example.com/p.(*T).Ask(0x0, {0x1, 0x2})
	/m/p/p.go:9 +0x1c
example.com/p.TestAsk(0xc000003)
	/m/p/p_test.go:5 +0x25
testing.tRunner(0xc000003, 0x55)
	/go/src/testing/testing.go:1934 +0xea
created by testing.(*T).Run in goroutine 1
	/go/src/testing/testing.go:1997 +0x465
`
	for _, test := range []struct{ output, message, first string }{
		{"--- FAIL: TestAsk (0.00s)\n" + stack, "panic: boom [recovered, repanicked]", "example.com/p.(*T).Ask /m/p/p.go:9"},
		{"fatal error: concurrent map writes\n\ngoroutine 7 [running]:\nexample.com/p.Ask()\n\t/m/p/p.go:9 +0x1c\n", "fatal error: concurrent map writes", "example.com/p.Ask /m/p/p.go:9"},
		{"x\nfatal error: concurrent map writes\n\ngoroutine 7 [running]:\ninternal/runtime/maps.fatal({0x1?, 0x2?})\n\t/go/src/runtime/panic.go:1046 +0x18\nexample.com/p.Ask()\n\t/m/p/p.go:9 +0x1c\n", "fatal error: concurrent map writes", "example.com/p.Ask /m/p/p.go:9"},
		{"x\npanic: not one, somebody printed it\n", "", ""},
		{"ok\n", "", ""},
	} {
		c := crash(test.output)
		if c == nil {
			c = &Crash{Stack: []string{""}}
		}
		if c.Message != test.message || c.Stack[0] != test.first {
			t.Errorf("%q: %q in %q, want %q in %q", test.output, c.Message, c.Stack, test.message, test.first)
		}
	}
}

// TestAlike compares runs: by what tests say, in whatever order, and not by what is logged.
func TestAlike(t *testing.T) {
	t.Parallel()
	steady := map[string]bool{"TestA": true}
	outcome := func(status int, output string) *Outcome {
		o := &Outcome{Status: status, Tests: map[string]string{"TestA": "pass"}, Failed: failures(output)}
		if status != 0 {
			o.Tests["TestA"] = "fail"
		}
		return o
	}
	const says = "=== RUN   TestA\n    a_test.go:5: took 3ms\n        want 1\n    a_test.go:6: b\n"
	for _, test := range []struct {
		a, b *Outcome
		want bool
	}{
		{outcome(0, "ERROR lost\n\tstack a_test.go:5\n"), outcome(0, "ok\n"), true},
		{outcome(1, says+"--- FAIL: TestA (0.01s)\n"), outcome(1, "ERROR lost\n\tat a_test.go:5\n    a_test.go:6: b\n    a_test.go:5: took 9ms\n        want 1\n"), true},
		{outcome(1, says), outcome(1, strings.Replace(says, "want 1", "want 2", 1)), false},
		{outcome(1, says), outcome(0, ""), false},
	} {
		if got := alike(test.a, test.b, steady); got != test.want {
			t.Errorf("alike(%+v, %+v) = %t", test.a, test.b, got)
		}
	}
}
