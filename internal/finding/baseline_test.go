package finding

import (
	"maps"
	"os"
	"path/filepath"
	"testing"
)

// FuzzBaseline reads any text as a baseline: it is refused, or means the same once
// it was written.
func FuzzBaseline(f *testing.F) {
	f.Add([]byte(header + "collapse (*example.com/p.T).IsRunning\n"))
	f.Add([]byte("collapse\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		name := filepath.Join(t.TempDir(), "baseline")
		if err := os.WriteFile(name, text, 0o644); err != nil {
			t.Fatal(err)
		}
		once, err := ReadBaseline(name)
		if err != nil {
			return
		}
		if err := once.Write(name); err != nil {
			t.Fatal(err)
		}
		again, err := ReadBaseline(name)
		if err != nil || !maps.Equal(once, again) {
			t.Errorf("%q is %v, and then %v: %v", text, once, again, err)
		}
	})
}
