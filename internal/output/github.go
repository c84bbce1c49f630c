package output

import (
	"bufio"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/errswallow/errswallow/internal/finding"
	"github.com/errswallow/errswallow/internal/load"
)

// GitHub writes findings as workflow commands, which GitHub Actions shows beside
// the lines of a pull request, and as a warning that not all was analysed.
// Reference: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
func GitHub(w io.Writer, findings []*finding.Finding, losses []load.Loss) error {
	out := bufio.NewWriter(w)
	for _, f := range findings {
		fmt.Fprintf(out, "::error file=%s,line=%d,endLine=%d,col=%d,title=%s::%s\n",
			property(filepath.ToSlash(relative(checkout(), f.Start.Filename))), f.Start.Line, end(f).Line, f.Start.Column,
			property("errswallow: "+f.Category), data(f.Message))
	}
	if summary := Losses(losses); summary != "" {
		fmt.Fprintf(out, "::warning title=errswallow::%s\n", data(summary))
	}
	return out.Flush()
}

// data escapes a command's message.
func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// property escapes the value of a command's property.
func property(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
