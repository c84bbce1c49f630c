package output

import (
	"crypto/sha256"
	"fmt"
	"io"

	"github.com/errswallow/errswallow/internal/finding"
)

// An issue is a finding as GitLab's Code Quality reads it.
// Reference: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
type issue struct {
	Description string        `json:"description"`
	CheckName   string        `json:"check_name"`
	Fingerprint string        `json:"fingerprint"`
	Severity    string        `json:"severity"`
	Location    issueLocation `json:"location"`
}

type issueLocation struct {
	Path  string     `json:"path"`
	Lines issueLines `json:"lines"`
}

type issueLines struct {
	Begin int `json:"begin"`
}

// gitlabSeverities are GitLab's words.
var gitlabSeverities = map[Severity]string{Error: "critical", Warning: "major", Note: "info"}

// GitLab writes findings as GitLab's Code Quality reads them, with files as they are seen
// from the checkout. What is not analysed has no place in it.
func GitLab(w io.Writer, findings []*finding.Finding) error {
	prints := fingerprints()
	issues := []issue{} // a file without any is a list, too
	for _, f := range findings {
		print := prints(f)
		if f.Misuse() {
			print = fmt.Sprintf("%x", sha256.Sum256([]byte(f.Category+" "+f.Message)))
		}
		issues = append(issues, issue{
			Description: f.Message,
			CheckName:   "errswallow/" + f.Category,
			Fingerprint: print,
			Severity:    gitlabSeverities[SeverityOf(f)],
			Location:    issueLocation{seen(f.Start.Filename), issueLines{f.Start.Line}},
		})
	}
	return encode(w, issues)
}
