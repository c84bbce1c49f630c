package output

import (
	"github.com/errswallow/errswallow/analyzer"
	"github.com/errswallow/errswallow/internal/finding"
)

// A Severity says how grave a finding is: a word of SARIF's.
type Severity string

// The severities. A destructive call is an error however likely the rest is; of an answer
// it is one if what is lost hangs on it; what could go either way is a note.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Note    Severity = "note"
)

// severity is that of a finding of a rule, by how strong its evidence is.
func severity(rule, evidence string) Severity {
	switch {
	case evidence == "possible":
		return Note
	case evidence == "certain", rule == "destroy":
		return Error
	}
	return Warning
}

// SeverityOf is that of a finding. What is wrong with a setting or a directive is an error.
func SeverityOf(f *finding.Finding) Severity {
	if f.Misuse() {
		return Error
	}
	return severity(f.Category, analyzer.Evidence(f.Diagnostic))
}

// rank is where a finding stands among others, from 0 to 100, the gravest: by its evidence,
// and then by its rule.
func rank(rule, evidence string) float64 {
	return map[string]float64{"certain": 90, "likely": 70, "possible": 20}[evidence] +
		map[string]float64{"destroy": 8, "collapse": 6, "overbroad": 4, "discard": 2}[rule]
}
