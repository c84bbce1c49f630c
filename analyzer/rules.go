package analyzer

import "github.com/errswallow/errswallow/analyzer/internal/rule"

// A Rule is one way in which a fault becomes the verdict of absence.
type Rule struct {
	// ID is the rule's name: the Category of its diagnostics.
	ID string
	// Title says in one line what is wrong with the code that it fires on.
	Title string
	// URL is where its page is.
	URL string
}

// Rules returns the rules, the strongest first.
func Rules() []Rule {
	var out []Rule
	for _, r := range rule.All() {
		out = append(out, Rule{ID: r.ID, Title: r.Title, URL: ruleURL(r.ID)})
	}
	return out
}

func ruleURL(id string) string { return rulesURL + id + ".md" }
