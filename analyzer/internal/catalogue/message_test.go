package catalogue

import (
	"slices"
	"testing"
)

// TestMessages says that a text is tried where an error can have it: one of a daemon is none of an API
// server's, what speaks as another does has the texts of that, and faults come first.
func TestMessages(t *testing.T) {
	t.Parallel()
	cat := New(Builtin()...)
	const pageNotFound = "Error response from daemon: page not found"
	for library, want := range map[string]map[string]bool{
		"docker":     {pageNotFound: true, "context deadline exceeded": true, "etcdserver: request timed out": false},
		"moby":       {pageNotFound: true},
		"kubernetes": {pageNotFound: false, "etcdserver: request timed out": true, "does not exist": true},
		"gorm":       {"record not found": true, "sql: no rows in result set": true, pageNotFound: false},
		"incus":      {pageNotFound: false, "not found": true},
	} {
		messages := cat.Messages([]string{library})
		for text, known := range want {
			if slices.ContainsFunc(messages, func(m Message) bool { return m.Text == text }) != known {
				t.Errorf("%s: %q: want %v", library, text, known)
			}
		}
		if messages[0].Absent || !messages[len(messages)-1].Absent {
			t.Errorf("%s: begins with %v and ends with %v", library, messages[0], messages[len(messages)-1])
		}
	}
	for _, lib := range Builtin() {
		for _, name := range lib.Speaks {
			if !cat.Spoken(name) {
				t.Errorf("%s speaks as %s, which says nothing", lib.Name, name)
			}
		}
	}
}
