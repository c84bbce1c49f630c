package inject

import (
	"fmt"
	"io"
	"strings"

	"github.com/errswallow/errswallow/analyzer"
)

// String says in a line what became of all sites.
func (t Totals) String() string {
	var parts []string
	for _, v := range Verdicts {
		if n := t.Verdicts[v]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, v))
		}
	}
	if len(parts) == 0 {
		return plural(t.Sites, "site")
	}
	return plural(t.Sites, "site") + ": " + strings.Join(parts, ", ")
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// Text writes a report for people: the sites of each verdict, the worst first; of what is
// destroyed or crashed both stacks.
func (r *Report) Text(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintln(&b, r.Totals)
	for _, v := range Verdicts {
		if r.Totals.Verdicts[v] == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n%s (%d)\n", v, r.Totals.Verdicts[v])
		for _, s := range r.Sites {
			if s.Verdict == v {
				s.text(&b)
			}
		}
	}
	if len(r.Unsteady) > 0 {
		fmt.Fprintf(&b, "\nof no use: they fail without a fault, or now and then (%d)\n", len(r.Unsteady))
		for _, name := range r.Unsteady {
			fmt.Fprintf(&b, "  %s\n", name)
		}
	}
	if len(r.Disagreements) > 0 {
		fmt.Fprintf(&b, "\ndisagreements: please report them, they are faults of errswallow (%d)\n", len(r.Disagreements))
		for _, d := range r.Disagreements {
			fmt.Fprintf(&b, "  %s\n", d)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// text writes a site.
func (s *Result) text(b *strings.Builder) {
	fmt.Fprintf(b, "  %s  %s in %s\n", analyzer.Line((&Site{Site: s.Site}).position()), s.Call, short(s.Function))
	if s.Why != "" {
		fmt.Fprintf(b, "    %s\n", s.Why)
	}
	for _, l := range s.Losses {
		fmt.Fprintf(b, "    %s\n", l)
		if test := s.shown(); test != "" {
			fmt.Fprintf(b, "    %s\n", test)
		}
		writeFrames(b, "    is made by", l.Stack)
	}
	if s.Verdict.Bad() {
		if len(s.Losses) == 0 && s.shown() != "" {
			fmt.Fprintf(b, "    %s\n", s.shown())
		}
		writeFrames(b, "    panics in", s.Crash)
		writeFrames(b, "    fails for", s.Stack)
	} else if s.Verdict == Noticed && s.Test != "" {
		fmt.Fprintf(b, "    %s\n", s.shown())
	}
}

// shown says which test shows a verdict.
func (s *Result) shown() string {
	switch {
	case s.Test == "":
		return ""
	case s.Verdict == Noticed:
		return s.Test + " fails"
	}
	return "in " + s.Test + " of " + s.In
}

// String says what was lost.
func (l Loss) String() string {
	times := func(n int) string {
		switch n {
		case 0:
			return "never"
		case 1:
			return "once"
		}
		return fmt.Sprintf("%d times", n)
	}
	return fmt.Sprintf("%s at %s:%d is called %s, and %s without the fault", l.Call, l.File, l.Line, times(l.Times), times(l.Before))
}

// deep is how many frames of a stack are shown.
const deep = 8

// writeFrames writes a stack, without the frames that were put there.
func writeFrames(b *strings.Builder, title string, stack []string) {
	shown := 0
	for _, frame := range stack {
		function, where, _ := strings.Cut(frame, " ")
		if siteFrame.MatchString(function) || strings.Contains(where, generatedName+":") || shown == deep {
			continue
		}
		if shown == 0 {
			fmt.Fprintf(b, "%s\n", title)
		}
		shown++
		fmt.Fprintf(b, "      %s  %s\n", where, short(function))
	}
}

// short cuts the folders of an import path.
func short(name string) string {
	lead := name[:len(name)-len(strings.TrimLeft(name, "(*"))]
	return lead + name[max(strings.LastIndexByte(name, '/')+1, len(lead)):]
}

// sentence says in a line what became of the fault at a site.
func (s *Result) sentence() string {
	text := fmt.Sprintf("%s: %s", s.Call, s.Verdict)
	if len(s.Losses) > 0 {
		text += ": " + s.Losses[0].String()
	}
	if s.Why != "" {
		text += ": " + s.Why
	}
	if shown := s.shown(); shown != "" {
		text += " (" + shown + ")"
	}
	return text
}

// whole is all that is said of a site.
func (s *Result) whole() string {
	var b strings.Builder
	s.text(&b)
	return b.String()
}
