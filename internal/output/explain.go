package output

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/errswallow/errswallow/analyzer"
)

// Explain writes how a finding comes about, for people: the message, how grave it is and
// why, and the steps with their places, as seen from the working directory.
func Explain(w io.Writer, e analyzer.Explanation) {
	dir := workdir()
	fmt.Fprintf(w, "%s: %s\n%s: %s\n\n", spot(dir, e.Place), e.Message, severity(e.Rule, e.Evidence), because(e))
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	n := 0
	for _, s := range e.Steps {
		number := "  "
		if s.Kind != analyzer.IfAbsent && s.Kind != analyzer.IfFound {
			n++
			number = fmt.Sprintf("%d.", n)
		}
		fmt.Fprintf(out, "  %s\t%s\t%s\n", number, spot(dir, s.Place), s.Text)
	}
	out.Flush() // what w does not take is found out by whoever flushes it
}

// spot writes a place with its file as it is seen from a folder.
func spot(dir string, p analyzer.Place) string {
	return fmt.Sprintf("%s:%d:%d", relative(dir, p.File), p.Line, p.Column)
}

// because says what the evidence of a finding means.
func because(e analyzer.Explanation) string {
	switch e.Evidence {
	case "certain":
		return "what is lost hangs on it, here or in a caller (evidence: certain)"
	case "possible":
		return "another condition may decide, or nobody is seen to decide by it (evidence: possible, not reported by default)"
	}
	return "it is told as of an absent object, and not as of one that is there (evidence: likely)"
}
