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

// TestNames holds each name pattern to names that it must match, and to as many
// that it must not.
func TestNames(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		what    string
		match   func(string) bool
		yes, no []string
	}{
		{"gate", NamedGate, []string{"IsNotFound", "isNoSuchContainer", "Is404", "ErrMissing"}, []string{"IsTimeout", "IsConflict", "Retryable", "IsRunning"}},
		{"absent", NamedAbsent, []string{"IsGone", "isMissing", "NotRunning", "IsContainerNotRunning", "isStopped"}, []string{"IsRunning", "Exists", "Alive", "IsReady", "Healthy"}},
		{"logger", NamedLogger, []string{"Printf", "Warn", "Errorw", "RecordError", "Debugf"}, []string{"Handle", "Store", "Send", "Notify", "Run"}},
		{"poll", NamedPoll, []string{"PollUntilContextTimeout", "Eventually", "retry", "waitFor"}, []string{"Do", "Each", "Run", "Filter"}},
		{"exit", NamedExit, []string{"Fatal", "Fatalf", "FailNow", "Panicf"}, []string{"Error", "Fail", "Exited", "Skipped"}},
		{"action", NamedAction, []string{"Start", "ExecInContainer", "pullImage", "EnsureRunning"}, []string{"Status", "Inspect", "Running", "Startup"}},
		{"iterator", NamedIterator, []string{"Range", "ForEach", "WalkDir", "Iterate"}, []string{"Filter", "Map", "Wait", "ContainsFunc"}},
		{"list", NamedList, []string{"ContainerList", "ListContainers", "docker ps", "podman image ls"}, []string{"ContainerInspect", "docker inspect", "LoadContainer", "ImageStatus"}},
		{"keeper", NamedKeeper, []string{"Wrapf", "NewInfra", "statusError", "WithStack"}, []string{"Handle", "Check", "Run", "IsNotFound"}},
	} {
		for _, name := range test.yes {
			if !test.match(name) {
				t.Errorf("%s is no %s", name, test.what)
			}
		}
		for _, name := range test.no {
			if test.match(name) {
				t.Errorf("%s is taken for a %s", name, test.what)
			}
		}
	}
}
