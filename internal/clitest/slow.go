package clitest

import "testing"

// Slow skips a test, and says what it does, where -short asks for the tests of a minute:
// make test does. make slow runs them all.
func Slow(t testing.TB, does string) {
	t.Helper()
	if testing.Short() {
		t.Skip("slow: it", does)
	}
}
