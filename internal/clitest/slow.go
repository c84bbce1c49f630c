package clitest

import "testing"

// Slow skips a test, and says what it does, where the tests run with -short, as make test
// runs them. make slow runs all.
func Slow(t testing.TB, does string) {
	t.Helper()
	if testing.Short() {
		t.Skip("slow: it", does)
	}
}
