package main

import (
	"golang.org/x/tools/go/packages"

	"github.com/errswallow/errswallow/analyzer"
)

// executed returns a function that reports whether the pass executes functions of a
// package.
func executed(settings analyzer.Settings) (func(*packages.Package) bool, error) {
	executes, err := settings.Executes()
	if err != nil {
		return nil, err
	}
	return func(p *packages.Package) bool { return executes(listed{p}) }, nil
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
