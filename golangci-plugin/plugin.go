// Package plugin is errswallow as a module plugin of golangci-lint: import it in a
// build of golangci-lint, which golangci-lint custom makes of .custom-gcl.yml.
// Reference: https://golangci-lint.run/docs/plugins/module-plugins/
package plugin

import (
	"fmt"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/errswallow/errswallow/analyzer"
)

func init() {
	register.Plugin(analyzer.Analyzer.Name, New)
}

// linter implements register.LinterPlugin.
type linter struct{ settings analyzer.Settings }

// New returns the plugin with settings as golangci-lint has read them: the keys
// are the names of the flags, see docs/configuration.md. An unknown key, and a
// value that means nothing, is an error.
func New(conf any) (register.LinterPlugin, error) {
	settings, err := register.DecodeSettings[analyzer.Settings](conf)
	if err != nil {
		return nil, fmt.Errorf("errswallow: %w", err)
	}
	if err := settings.Validate(); err != nil {
		return nil, fmt.Errorf("errswallow: %w", err)
	}
	return &linter{settings}, nil
}

// BuildAnalyzers implements register.LinterPlugin.
func (l *linter) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	return []*analysis.Analyzer{plain(analyzer.New(l.settings))}, nil
}

// GetLoadMode implements register.LinterPlugin.
func (*linter) GetLoadMode() string { return register.LoadModeTypesInfo }

// plain has an analyzer report one place and one fix a diagnostic: golangci-lint
// makes an issue of each related position, and applies every alternative of a fix.
func plain(a *analysis.Analyzer) *analysis.Analyzer {
	run := a.Run
	a.Run = func(pass *analysis.Pass) (any, error) {
		own := *pass
		own.Report = func(d analysis.Diagnostic) {
			d.Related = nil
			d.SuggestedFixes = d.SuggestedFixes[:min(1, len(d.SuggestedFixes))]
			pass.Report(d)
		}
		return run(&own)
	}
	return a
}
