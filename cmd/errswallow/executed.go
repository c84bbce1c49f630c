package main

import (
	"golang.org/x/tools/go/packages"

	"github.com/errswallow/errswallow/analyzer"
)

// executed returns functions that report whether the pass executes functions of a package, by
// what it imports, and by the text of a file of it.
func executed(settings analyzer.Settings) (executes func(*packages.Package) bool, concerns func([]byte) bool, err error) {
	imports, err := settings.Executes()
	if err != nil {
		return nil, nil, err
	}
	concerns, err = settings.Concerns()
	return func(p *packages.Package) bool { return imports(listed{p}) }, concerns, err
}

// listed is a package as the go command lists it.
type listed struct{ *packages.Package }

// Path implements analyzer.Package.
func (p listed) Path() string { return p.PkgPath }

// Imports implements analyzer.Package.
func (p listed) Imports() []analyzer.Package {
	var out []analyzer.Package
	for _, dep := range p.Package.Imports {
		out = append(out, listed{dep})
	}
	return out
}
