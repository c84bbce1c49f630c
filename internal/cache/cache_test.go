package cache

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

func key(n int) string { return fmt.Sprintf("%x", sha256.Sum256([]byte{byte(n), byte(n >> 8)})) }

// TestKept gets what was put, and nothing that is not whole.
func TestKept(t *testing.T) {
	t.Parallel()
	c := Open(t.TempDir())
	if c.Get(key(1)) != nil {
		t.Error("something is there before anything was put")
	}
	c.Put(key(1), []byte("one"))
	c.Put(key(2), nil)
	if got := c.Get(key(1)); string(got) != "one" {
		t.Errorf("%q", got)
	}
	if got := c.Get(key(2)); got == nil || len(got) > 0 {
		t.Errorf("what is empty comes back as %v", got)
	}
	for _, text := range []string{"", "short", string(bytes.Repeat([]byte("x"), 100))} {
		if err := os.WriteFile(c.name(key(1)), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if got := c.Get(key(1)); got != nil {
			t.Errorf("%q is taken for %q", text, got)
		}
	}
}

// TestOff keeps nothing, and a folder that cannot be written does no harm.
func TestOff(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{Off, file} {
		c := Open(dir)
		c.Put(key(1), []byte("one"))
		c.Trim()
		if c.Get(key(1)) != nil {
			t.Errorf("%s keeps something", dir)
		}
	}
	dir := t.TempDir()
	t.Setenv("ERRSWALLOW_CACHE", dir)
	Open("").Put(key(1), []byte("one"))
	if Open(dir).Get(key(1)) == nil {
		t.Error("$ERRSWALLOW_CACHE has no effect")
	}
}

// TestTrim forgets what is old and what is too much, and leaves alone what is not its own.
func TestTrim(t *testing.T) {
	t.Parallel()
	c := Open(t.TempDir())
	age := func(name string, old time.Duration) {
		if err := os.Chtimes(name, time.Time{}, time.Now().Add(-old)); err != nil {
			t.Fatal(err)
		}
	}
	size := func(name string, bytes int64) {
		if err := os.Truncate(name, bytes); err != nil { // it takes no room
			t.Fatal(err)
		}
	}
	for n := range 5 {
		c.Put(key(n), []byte("value"))
	}
	strange := filepath.Join(c.dir, "strange")
	if err := os.WriteFile(strange, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	age(c.name(key(0)), unused+time.Hour)
	age(strange, unused+time.Hour)
	for n := 1; n < 4; n++ {
		size(c.name(key(n)), most/2)
		age(c.name(key(n)), time.Duration(n)*time.Minute)
	}
	c.Trim()
	there := func(name string) bool {
		_, err := os.Stat(name)
		return err == nil
	}
	for n, want := range []bool{false, true, false, false, true} {
		if there(c.name(key(n))) != want {
			t.Errorf("entry %d: there is %v, want %v", n, !want, want)
		}
	}
	if !there(strange) {
		t.Error("a file of somebody else's is gone")
	}
	age(c.name(key(4)), unused+time.Hour)
	if c.Trim(); !there(c.name(key(4))) {
		t.Error("it looks more often than once a day")
	}
	c.Get(key(4))
	age(filepath.Join(c.dir, marker), often+time.Hour)
	if c.Trim(); !there(c.name(key(4))) {
		t.Error("what was asked for is forgotten")
	}
}

// TestAtOnce has many write and read one entry: each reads all of one value, or nothing.
func TestAtOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			c := Open(dir)
			value := bytes.Repeat([]byte{byte('a' + n)}, 10_000)
			for range 50 {
				c.Put(key(1), value)
				if got := c.Get(key(1)); len(got) != len(value) || !bytes.Equal(got, bytes.Repeat(got[:1], len(got))) {
					t.Errorf("%d bytes that nobody put", len(got))
				}
			}
		})
	}
	all.Wait()
	if left, _ := filepath.Glob(filepath.Join(dir, "*", "new-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
