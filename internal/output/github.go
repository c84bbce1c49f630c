package output

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/errswallow/errswallow/internal/finding"
	"github.com/errswallow/errswallow/internal/load"
)

// commands are the workflow commands for each severity.
var commands = map[Severity]string{Error: "error", Warning: "warning", Note: "notice"}

// GitHub writes findings as workflow commands, which GitHub Actions shows beside
// the lines of a pull request, and as a warning that not all was analysed. It shows ten of
// each kind for a step, and no more, so all of them go into the summary of the job, too,
// where the environment names its file.
// Reference: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
func GitHub(w io.Writer, findings []*finding.Finding, losses []load.Loss) error {
	out := bufio.NewWriter(w)
	for _, f := range findings {
		fmt.Fprintf(out, "::%s file=%s,line=%d,endLine=%d,col=%d,title=%s::%s\n",
			commands[SeverityOf(f)], property(seen(f.Start.Filename)), f.Start.Line, end(f).Line, f.Start.Column,
			property("errswallow: "+f.Category), data(f.Message))
	}
	summary := Losses(losses)
	if summary != "" {
		fmt.Fprintf(out, "::warning title=errswallow::%s\n", data(summary))
	}
	if err := out.Flush(); err != nil {
		return err
	}
	name := os.Getenv("GITHUB_STEP_SUMMARY")
	if name == "" || len(findings) == 0 && summary == "" {
		return nil
	}
	file, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("GITHUB_STEP_SUMMARY: %w", err)
	}
	_, err = io.WriteString(file, jobSummary(findings, summary))
	return errors.Join(err, file.Close())
}

// rows is how many findings a summary has: it may be a megabyte large.
const rows = 1000

// jobSummary is a table of findings in Markdown, and a line on what is not analysed.
func jobSummary(findings []*finding.Finding, lost string) string {
	var out strings.Builder
	out.WriteString("### errswallow\n\n")
	if lost != "" {
		fmt.Fprintf(&out, "%s.\n\n", lost)
	}
	if len(findings) == 0 {
		return out.String()
	}
	fmt.Fprintf(&out, "%s.\n\n| | where | what | rule |\n|---|---|---|---|\n", Summary(findings))
	cell := strings.NewReplacer("|", `\|`, "*", `\*`, "_", `\_`, "<", "&lt;", "\n", " ")
	for _, f := range findings[:min(rows, len(findings))] {
		rule := f.Category
		if f.URL != "" {
			rule = fmt.Sprintf("[%s](%s)", f.Category, f.URL)
		}
		fmt.Fprintf(&out, "| %s | %s:%d | %s | %s |\n", SeverityOf(f), cell.Replace(seen(f.Start.Filename)), f.Start.Line, cell.Replace(f.Message), rule)
	}
	if n := len(findings) - rows; n > 0 {
		fmt.Fprintf(&out, "\nand %d more, which the log has.\n", n)
	}
	return out.String()
}

// data escapes a command's message.
func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// property escapes the value of a command's property.
func property(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
