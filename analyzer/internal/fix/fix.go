package fix

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
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

// Suggest returns the ways to mend a finding, the best first. Each alone compiles,
// and leaves nothing to report there.
func Suggest(pkg *Package, f *rule.Finding) []analysis.SuggestedFix {
	if f.Evidence == rule.Possible || f.Query().Status || f.Verdict != nil && f.Verdict.Kind != trial.Returned || stored(f) {
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

// stored reports whether the wrong verdict is stored, or something forgotten by it, before
// it is answered: a gate behind that would come too late.
func stored(f *rule.Finding) bool {
	return f.Verdict != nil && slices.ContainsFunc(f.Witness.Fault.Events, func(e *absint.Event) bool {
		return e.Kind == absint.Stored || e.Kind == absint.Forgot
	})
}
