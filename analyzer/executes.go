package analyzer

import (
	"bytes"
	"regexp"
	"slices"
)

// A Package is what a loader knows of one before it has parsed anything.
type Package interface {
	Path() string
	Imports() []Package
}

// Executes returns a function that reports whether any function of a package can be of
// interest: a loader can do without the bodies of the others. It goes by what a package
// imports, as the pass does. See also [Settings.Concerns].
func (s Settings) Executes() (func(Package) bool, error) {
	world, err := s.world()
	if err != nil {
		return nil, err
	}
	cat := world.catalogue
	known := map[Package]bool{}
	var reaches func(p Package) bool
	reaches = func(p Package) bool {
		reached, ok := known[p]
		if !ok {
			reached = cat.Packages(p.Path()) || slices.ContainsFunc(p.Imports(), reaches)
			known[p] = reached
		}
		return reached
	}
	return func(p Package) bool { return reaches(p) || executes(p, cat) }, nil
}

// Concerns returns a function that reports whether the text of a file of the user's own can be
// of interest whatever it imports: it has a directive, or what is meant to be one, or the name
// of a command line, which an interface may run, or a function that others hand their errors to.
func (s Settings) Concerns() (func(text []byte) bool, error) {
	world, err := s.world()
	if err != nil {
		return nil, err
	}
	return func(text []byte) bool {
		return bytes.Contains(text, []byte("errswallow:")) || world.catalogue.Mentions(text) || hearing.Match(text)
	}, nil
}

// hearing matches a function or a method that is handed an error, see hears.
var hearing = regexp.MustCompile(`(?m)^func (\([^)\n]*\) )?[A-Z]\w*(\[[^\]\n]*\])?\([^)]*\w (\.\.\.)?error\b`)
