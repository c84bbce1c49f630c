package load

import (
	"maps"
	"slices"

	"golang.org/x/tools/go/packages"
)

// unify has one variant of each package stand for all: the one with its test
// files, if it has any. The go command lists p, which others import, and
// "p [p.test]", which is p and more; and for tests outside of p it lists anew what
// stands between them and p. Most of the time goes into checking them all.
//
// p stays apart from "p [p.test]" if the test files import something that imports
// p.
func unify(roots []*packages.Package, goroot string) {
	tested, analysed := map[string]*packages.Package{}, map[string]bool{}
	for _, p := range roots {
		analysed[p.PkgPath] = true
		if p.ForTest != "" && p.ForTest == p.PkgPath {
			tested[p.PkgPath] = p
		}
	}
	local := func(p *packages.Package) bool { return analysed[p.PkgPath] || own(p, goroot) }
	var all []*packages.Package
	plain := map[string]*packages.Package{}
	importers := map[*packages.Package][]*packages.Package{} // of what has tests
	packages.Visit(roots, nil, func(p *packages.Package) {
		all = append(all, p)
		if p.ForTest == "" {
			plain[p.PkgPath] = p
		}
		for _, dep := range p.Imports {
			if tested[dep.PkgPath] != nil {
				importers[dep] = append(importers[dep], p)
			}
		}
	})
	one := maps.Clone(plain) // the variant that stands for all
	for _, path := range slices.Sorted(maps.Keys(tested)) {
		p, t := plain[path], tested[path]
		if p == nil || reaches(t, p, local, map[*packages.Package]bool{}) {
			continue
		}
		one[path] = t
		replace(importers[p], func(_, dep *packages.Package) *packages.Package {
			if dep == p {
				return t
			}
			return dep
		})
	}
	replace(all, func(importer, dep *packages.Package) *packages.Package {
		anew := dep.ForTest != "" && dep.ForTest == importer.ForTest && dep.PkgPath != dep.ForTest
		if same := one[dep.PkgPath]; anew && same != nil && one[dep.ForTest] == tested[dep.ForTest] {
			return same
		}
		return dep
	})
}

// replace puts other packages in place of those that packages import.
func replace(all []*packages.Package, by func(importer, dep *packages.Package) *packages.Package) {
	for _, importer := range all {
		for path, dep := range importer.Imports {
			importer.Imports[path] = by(importer, dep)
		}
	}
}

// reaches reports whether a package imports another, at any depth. What is not
// local, a package of another module, imports nothing that is.
func reaches(from, to *packages.Package, local func(*packages.Package) bool, seen map[*packages.Package]bool) bool {
	for _, p := range from.Imports {
		if p == to {
			return true
		}
		if !seen[p] && local(p) {
			seen[p] = true
			if reaches(p, to, local, seen) {
				return true
			}
		}
	}
	return false
}
