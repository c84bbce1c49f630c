package absint

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// An Atom is a condition that does not hang on the hypothesis, and how it was when it
// was first looked at.
type Atom struct {
	Cond  ssa.Value
	Truth bool
}

// A Path is what decided on one way, in the order in which it was looked at.
type Path []Atom

// agrees reports whether one execution of everything else can take both paths.
func (p Path) agrees(other Path) bool {
	for _, a := range p {
		for _, b := range other {
			if a.Cond == b.Cond && a.Truth != b.Truth {
				return false
			}
		}
	}
	return true
}

// Agrees reports whether one execution of everything else can take both ways: no
// condition went one way in one of them, and the other way in the other.
func (e Exit) Agrees(other Exit) bool {
	return slices.ContainsFunc(e.Paths, func(p Path) bool {
		return slices.ContainsFunc(other.Paths, p.agrees)
	})
}

// Covers reports whether all that decided on some path to another way out decided on one to
// this, too.
func (e Exit) Covers(other Exit) bool {
	return slices.ContainsFunc(other.Paths, func(p Path) bool {
		return slices.ContainsFunc(e.Paths, p.within)
	})
}

// positive strips a condition of its negations.
func positive(cond ssa.Value, truth bool) (ssa.Value, bool) {
	for {
		not, ok := cond.(*ssa.UnOp)
		if !ok || not.Op != token.NOT {
			return cond, truth
		}
		cond, truth = not.X, !truth
	}
}

// of returns how a condition was on the path.
func (p Path) of(cond ssa.Value) (truth, known bool) {
	for _, a := range p {
		if a.Cond == cond {
			return a.Truth, true
		}
	}
	return false, false
}

// with returns the path with an atom added, unless its condition is there: what it was when
// it was first looked at counts.
func (p Path) with(a Atom) Path {
	if _, known := p.of(a.Cond); known {
		return p
	}
	if len(p) == maxPath {
		p = slices.Clone(p[1:]) // what was long ago tells the least apart
	}
	return append(slices.Clip(p), a)
}

// without returns the path without a condition.
func (p Path) without(cond ssa.Value) Path {
	is := func(a Atom) bool { return a.Cond == cond }
	if !slices.ContainsFunc(p, is) {
		return p
	}
	return slices.DeleteFunc(slices.Clone(p), is)
}

// within reports whether all that decided on the path decided on another.
func (p Path) within(other Path) bool {
	return !slices.ContainsFunc(p, func(a Atom) bool { return !slices.Contains(other, a) })
}

// assume goes on with a condition: on the paths that can, unless it is what a loop takes
// another turn by, which goes both ways.
func (s *state) assume(cond ssa.Value, truth, turns bool) {
	cond, truth = positive(cond, truth)
	var paths []Path
	for _, p := range s.paths {
		if was, known := p.of(cond); known && was != truth && !turns {
			continue
		}
		q := p.with(Atom{cond, truth})
		s.vague = s.vague || len(p) == maxPath && len(q) == maxPath && q[0] != p[0]
		paths = append(paths, q)
	}
	s.paths = paths
}

// reconsider takes a condition from the paths.
func (s *state) reconsider(cond ssa.Value) {
	cond, _ = positive(cond, false)
	for i, p := range s.paths {
		s.paths[i] = p.without(cond)
	}
}

// assumed returns how a condition was when it was first looked at, on all paths.
func (s *state) assumed(cond ssa.Value) (truth, known bool) {
	cond, not := positive(cond, false)
	for i, p := range s.paths {
		was, ok := p.of(cond)
		if !ok || i > 0 && was != truth {
			return false, false
		}
		truth = was
	}
	return truth != not, len(s.paths) > 0
}

// together returns the paths of two lists, without those that another has in it; where they
// are too many, what all of them share, and false.
func together(a, b []Path) ([]Path, bool) {
	paths := slices.Clone(a)
	for _, p := range b {
		if slices.ContainsFunc(paths, func(q Path) bool { return q.within(p) }) {
			continue
		}
		paths = append(slices.DeleteFunc(paths, func(q Path) bool { return p.within(q) }), p)
	}
	if len(paths) > maxPaths {
		return []Path{shared(paths)}, false
	}
	return paths, true
}

// shared returns the atoms that all paths have.
func shared(paths []Path) Path {
	var both Path
	for _, a := range paths[0] {
		if !slices.ContainsFunc(paths[1:], func(p Path) bool { return !slices.Contains(p, a) }) {
			both = append(both, a)
		}
	}
	return both
}

// samePaths reports whether two lists have the same paths.
func samePaths(a, b []Path) bool {
	return len(a) == len(b) && slices.EqualFunc(a, b, func(p, q Path) bool { return len(p) == len(q) && p.within(q) })
}
