package clitest

import (
	"flag"
	"testing"
)

// Slowly is whether slow tests run: make slow asks for them.
var Slowly = flag.Bool("slow", false, "run the tests that take a minute each")

// Slow skips a test, and says what it does, unless slow tests are asked for.
func Slow(t testing.TB, does string) {
	t.Helper()
	if !*Slowly {
		t.Skip("slow: it", does)
	}
}
