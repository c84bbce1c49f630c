package predicate

import "testing"

// TestMessages checks that the table has every class that a rule is judged on,
// and a source for each message.
func TestMessages(t *testing.T) {
	t.Parallel()
	classes := map[string]bool{}
	for _, m := range Messages() {
		classes[m.Class] = true
		if m.Text == "" || m.Source == "" {
			t.Errorf("%+v has no text or no source", m)
		}
	}
	for _, class := range []string{
		"deadline", "canceled", "EOF", "refused", "i/o timeout", "reset", "daemon down", "socket missing", "permission denied",
		"TLS", "500", "502", "503", "page not found", "rate limited", "container", "image", "network", "volume",
	} {
		if !classes[class] {
			t.Errorf("no message of class %s", class)
		}
	}
}

func TestParseMessages(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"fault | EOF | std\n":       "messages.txt:1: want four cells, have 3",
		"\nmaybe | EOF | std | x\n": `messages.txt:2: unknown word "maybe"`,
	} {
		if _, err := parseMessages(text); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}
