package fix

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
	"github.com/errswallow/errswallow/analyzer/internal/rule"
	"github.com/errswallow/errswallow/analyzer/internal/trial"
)

// A Package is what findings are about.
type Package struct {
	Fset      *token.FileSet
	Files     []*ast.File
	Types     *types.Package
	Info      *types.Info
	Catalogue *catalogue.Catalogue
}

// Suggest returns ways to mend a finding, the best first. Whether they do is for who executes
// them to say.
func Suggest(pkg *Package, f *rule.Finding) []analysis.SuggestedFix {
	if f.Evidence == rule.Possible || f.Query().Status || f.Verdict != nil && f.Verdict.Kind != trial.Returned {
		return nil
	}
	s := newSite(pkg, f)
	if s == nil {
		return nil
	}
	switch f.Rule {
	case "collapse":
		return s.collapse()
	case "empty":
		return s.empty()
	case "discard":
		return s.discard()
	case "overbroad":
		return s.overbroad()
	}
	return nil
}
