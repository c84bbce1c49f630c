// Package docs holds the pages of the rules, for the command to show.
package docs

import "embed"

//go:embed rules/*.md
var rules embed.FS

// Rule returns the page of a rule as Markdown, or false if there is no such rule.
func Rule(id string) (string, bool) {
	text, err := rules.ReadFile("rules/" + id + ".md")
	return string(text), err == nil
}
