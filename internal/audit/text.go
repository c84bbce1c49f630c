package audit

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// Text writes a report for a terminal.
func (r *Report) Text(w io.Writer) error {
	fmt.Fprintln(w, r.Totals)
	return r.List(w)
}

// List writes the functions of a report, by verdict, the worst first.
func (r *Report) List(w io.Writer) error {
	for _, verdict := range Verdicts {
		var some []*Function
		for _, f := range r.Functions {
			if f.Verdict == verdict {
				some = append(some, f)
			}
		}
		if len(some) == 0 {
			continue
		}
		fmt.Fprintf(w, "\n%s (%d)\n", verdict, len(some))
		t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		for _, f := range some {
			fmt.Fprintf(t, "  %s:%d\t%s\n", f.File, f.Line, short(f.Name))
			for _, q := range f.Queries {
				fmt.Fprintf(t, "    %s\trunning %s\tstopped %s\tabsent %s\tfault %s", label(q), q.Running, q.Stopped, q.Absent, q.Fault)
				if q.Tests != "" {
					fmt.Fprintf(t, "\ttests %s", q.Tests)
				}
				fmt.Fprintln(t)
			}
			if err := t.Flush(); err != nil {
				return err
			}
			for _, line := range facts(f) {
				fmt.Fprintln(w, "    "+line)
			}
		}
	}
	return nil
}

// String sums up in words.
func (t Totals) String() string {
	var verdicts []string
	for _, v := range Verdicts {
		if n := t.ByVerdict[v]; n > 0 {
			verdicts = append(verdicts, fmt.Sprintf("%d %s", n, v))
		}
	}
	out := fmt.Sprintf("%s %s: %d can be trusted under a fault", askers(t.Functions), count(t.Queries, "query"), t.Trusted)
	if len(verdicts) > 0 {
		out += " (" + strings.Join(verdicts, ", ") + ")"
	}
	return out + fmt.Sprintf("; a fault leads to %d of %s", t.Unsafe, count(t.Destructive, "destructive call"))
}

// askers says how many functions ask.
func askers(n int) string {
	if n == 1 {
		return "1 function asks"
	}
	return count(n, "function") + " ask"
}

func count(n int, what string) string {
	switch {
	case n == 1:
		return "1 " + what
	case strings.HasSuffix(what, "y"):
		return fmt.Sprintf("%d %sies", n, strings.TrimSuffix(what, "y"))
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// label names a query, and the function that asks.
func label(q Query) string {
	if q.Via != "" {
		return q.Via + " (" + q.Call + ")"
	}
	return q.Call
}

// facts are the lines that say more of a function than its answers.
func facts(f *Function) []string {
	var out []string
	add := func(what string, names []string) {
		if len(names) > 0 {
			out = append(out, what+": "+strings.Join(names, ", "))
		}
	}
	add("reported by", f.Rules)
	if f.Reason != "" {
		add("accepted", []string{f.Reason})
	}
	add("gates", f.Gates)
	add("relies on", shorts(f.Relies))
	add("called by", shorts(f.Callers))
	for _, d := range f.Destroys {
		out = append(out, lost(d))
	}
	return out
}

// lost says what is destroyed, and on the strength of what.
func lost(d Destruction) string {
	if d.Unsafe {
		return fmt.Sprintf("a fault leads to: %s at %s", d.Call, d.Where)
	}
	return fmt.Sprintf("absence or a stop leads to: %s at %s", d.Call, d.Where)
}

// short cuts the folders of import paths: (*a/b.T).M is (*b.T).M.
func short(name string) string {
	cut := strings.LastIndexByte(name, '/')
	if cut < 0 {
		return name
	}
	prefix := ""
	if strings.HasPrefix(name, "(") {
		prefix = name[:len(name)-len(strings.TrimLeft(name, "(*"))]
	}
	return prefix + name[cut+1:]
}

func shorts(names []string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = short(name)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
