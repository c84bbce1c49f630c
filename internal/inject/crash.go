package inject

import "strings"

// A Crash is a panic that ended a run.
type Crash struct {
	Message string
	// Stack are the frames below it, as function file:line; those of a test come first
	// where the test itself is at fault.
	Stack []string
}

// byTest reports whether a test panicked, and not what it tests.
func (c *Crash) byTest() bool {
	return len(c.Stack) == 0 || strings.Contains(c.Stack[0], "_test.go:")
}

// crash returns the panic that ended a run, or nil.
func crash(output string) *Crash {
	output = "\n" + output
	at := strings.Index(output, "\npanic: ")
	if fatal := strings.Index(output, "\nfatal error: "); fatal >= 0 && (at < 0 || fatal < at) {
		at = fatal
	}
	if at < 0 {
		return nil
	}
	text := strings.TrimLeft(output[at:], "\n")
	first, rest, _ := strings.Cut(text, "\n")
	_, stack, ok := strings.Cut(rest, "\ngoroutine ")
	if !ok {
		if strings.HasPrefix(rest, "goroutine ") {
			stack = rest
		} else {
			return nil // somebody printed it
		}
	}
	stack, _, _ = strings.Cut(stack, "\n\n")
	return &Crash{Message: strings.TrimSpace(first), Stack: frames(stack)}
}

// frames reads the stack of a goroutine that panicked: from where it did.
func frames(stack string) (out []string) {
	lines := strings.Split(stack, "\n")
	begin := 1
	for i, line := range lines {
		if strings.HasPrefix(line, "panic(") {
			begin = i + 2
		}
	}
	for i := begin; i+1 < len(lines); i += 2 {
		function, _, _ := strings.Cut(lines[i], "(0x")
		if cut := strings.LastIndex(function, "("); cut > 0 && strings.HasSuffix(function, ")") {
			function = function[:cut]
		}
		where, _, _ := strings.Cut(strings.TrimSpace(lines[i+1]), " +0x")
		if strings.HasPrefix(function, "runtime.") || strings.HasPrefix(function, "internal/runtime/") || strings.HasPrefix(function, "testing.") || strings.HasPrefix(function, "created by testing.") {
			continue
		}
		out = append(out, function+" "+where)
	}
	return out
}
