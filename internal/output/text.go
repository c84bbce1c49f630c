package output

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/fatih/color"

	"github.com/errswallow/errswallow/internal/finding"
)

// Text writes findings for people: a line each, the source line with a caret
// below and how grave it is, and around lines of context before and after; the related positions; and
// last how many there are. What belongs to a finding is indented by a tab: editors show a
// line of a file and a number that begins with anything else as a problem of its own. It
// colours them if standard output is a terminal and
// NO_COLOR is not set.
func Text(w io.Writer, findings []*finding.Finding, around int) error {
	if len(findings) == 0 {
		return nil
	}
	var (
		out   = bufio.NewWriter(w)
		dir   = workdir()
		where = color.New(color.Bold).SprintFunc()
		what  = map[Severity]func(...any) string{
			Error:   color.New(color.FgRed).SprintFunc(),
			Warning: color.New(color.FgYellow).SprintFunc(),
			Note:    color.New(color.FgCyan).SprintFunc(),
		}
		caret  = color.New(color.FgGreen, color.Bold).SprintFunc()
		margin = color.New(color.Faint).SprintFunc()
	)
	for _, f := range findings {
		grave := SeverityOf(f)
		fmt.Fprintf(out, "%s %s\n", where(position(dir, f.Start)+":"), what[grave](f.Message))
		source := lines(f.Start.Filename)
		for n := max(1, f.Start.Line-around); n <= min(len(source), f.Start.Line+around); n++ {
			fmt.Fprintf(out, "\t%s %s\n", margin(fmt.Sprintf("%4d |", n)), strings.TrimRight(source[n-1], "\r"))
			if n == f.Start.Line {
				fmt.Fprintf(out, "\t%s %s\n", margin("     |"), indent(source[n-1], f.Start.Column)+caret("^ ")+what[grave](string(grave)))
			}
		}
		for _, r := range f.Related {
			fmt.Fprintf(out, "\t%s %s\n", where(position(dir, f.Fset.Position(r.Pos))+":"), r.Message)
		}
	}
	fmt.Fprintln(out, Summary(findings))
	return out.Flush()
}

// indent is as wide as what stands before a column of a line: tabs stay tabs.
func indent(line string, column int) string {
	before := line[:min(max(0, column-1), len(line))]
	return strings.Map(func(r rune) rune {
		if r == '\t' {
			return r
		}
		return ' '
	}, before)
}
