package analyzer

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/errswallow/errswallow/analyzer/internal/rule"
)

// onAnswer ends the related information about a caller that loses something by an answer.
const onAnswer = " on this answer"

// Evidence returns how strong the evidence of a diagnostic of this pass is: "certain" where
// what is lost hangs on it, in the function or in a caller that is a related position;
// "possible" where the message says so; "likely" else. Every driver hands on what it reads.
func Evidence(d analysis.Diagnostic) string {
	if strings.HasSuffix(d.Message, possibly+")") {
		return rule.Possible.String()
	}
	for _, r := range d.Related {
		if strings.HasSuffix(r.Message, onAnswer) || strings.HasPrefix(r.Message, shown) {
			return rule.Certain.String()
		}
	}
	if d.Category == "destroy" {
		return rule.Certain.String()
	}
	return rule.Likely.String()
}

// shown begins what says that a run has shown something.
const shown = "shown by "

// Shown returns a diagnostic of this pass with the word of a test run for it: a sentence
// that begins with the name of the test. Its evidence is certain.
func Shown(d analysis.Diagnostic, by string) analysis.Diagnostic {
	if weak, ok := strings.CutSuffix(d.Message, possibly+")"); ok {
		d.Message = weak + ")"
	}
	d.Related = append(slices.Clone(d.Related), analysis.RelatedInformation{Pos: d.Pos, Message: shown + by})
	return d
}

// Reports reports whether the settings ask for a diagnostic, by its evidence.
func (s Settings) Reports(d analysis.Diagnostic) bool {
	least := slices.Index(rule.Evidences, s.Evidence)
	if least < 0 {
		least = int(rule.Likely)
	}
	return slices.Index(rule.Evidences, Evidence(d)) >= least
}

// WrongSetting reports whether a diagnostic says that a setting is wrong: it is about no
// code, wherever it stands.
func WrongSetting(d analysis.Diagnostic) bool { return d.Category == wrongSetting }

// wrongSetting is the category of such a diagnostic.
const wrongSetting = "setting"

// Unused reports whether a diagnostic says that a comment suppresses nothing. Where a
// package is analysed in part it may suppress something in the rest, or in another one.
func Unused(d analysis.Diagnostic) bool {
	return d.Category == "directive" && strings.HasSuffix(d.Message, unused)
}

// unused is what such a diagnostic ends with.
const unused = " suppresses nothing"

// possibly is what a message says behind the rule where the evidence is weak.
const possibly = ", possible"
