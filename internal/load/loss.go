package load

import (
	"cmp"
	"go/token"
	"maps"
	"slices"
	"strings"

	"github.com/errswallow/errswallow/internal/partial"
)

// A Loss is a package with which something is wrong, and what that costs.
type Loss struct {
	// Package is its import path.
	Package string
	// Faults is what is wrong with it, in the order of its files.
	Faults []Fault
	// Functions are those that are left out. There may be none: what an embedded file
	// holds, say, says nothing of any function.
	Functions []Function
	// All says that nothing of the package can be analysed.
	All bool
}

// A Function is one that is left out, or a part of it.
type Function struct {
	Name string
	Pos  token.Position
	Why  string
	// Part reports that what has no type is left out of it, and the rest is analysed.
	Part bool
}

// Partial reports whether a part of the package is not analysed.
func (l Loss) Partial() bool { return !l.All && len(l.Functions) > 0 }

// Wrong says what is wrong, a line each: where, or else of which package.
func (l Loss) Wrong() []string {
	var lines []string
	for _, f := range l.Faults {
		if f.Pos.Filename == "" && !strings.HasPrefix(f.Text, "pattern "+l.Package) {
			f.Text = l.Package + ": " + f.Text
		}
		lines = append(lines, f.String())
	}
	return lines
}

// lose finds what is lost of a package that was checked.
func (u *unit) lose() *Loss {
	loss := &Loss{Package: u.PkgPath, Faults: u.faults, All: len(u.Syntax) == 0}
	if !u.executed {
		return loss // there is nothing to lose
	}
	for _, o := range partial.Omissions(u.Types, u.Syntax, u.TypesInfo, u.TypeErrors) {
		if o.Name != "" {
			loss.Functions = append(loss.Functions, Function{o.Name, u.Fset.Position(o.Pos), o.Why, o.Part})
		}
	}
	return loss
}

// losses merges what is lost of the variants of each package, in the order of their
// paths.
func losses(all []*Loss) []Loss {
	merged := map[string]*Loss{}
	for _, l := range all {
		m := merged[l.Package]
		if m == nil {
			m = &Loss{Package: l.Package, All: true}
			merged[l.Package] = m
		}
		m.All = m.All && l.All
		m.Faults = append(m.Faults, l.Faults...)
		m.Functions = append(m.Functions, l.Functions...)
	}
	var out []Loss
	for _, path := range slices.Sorted(maps.Keys(merged)) {
		l := merged[path]
		slices.SortFunc(l.Faults, compareFaults)
		l.Faults = slices.Compact(l.Faults)
		slices.SortFunc(l.Functions, func(a, b Function) int {
			return cmp.Or(compareFaults(Fault{a.Pos, a.Name}, Fault{b.Pos, b.Name}), cmp.Compare(a.Why, b.Why))
		})
		l.Functions = slices.CompactFunc(l.Functions, func(a, b Function) bool { return a.Name == b.Name && a.Pos == b.Pos })
		if l.All || len(l.Faults)+len(l.Functions) > 0 {
			out = append(out, *l)
		}
	}
	return out
}
