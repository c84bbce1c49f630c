package analyzer

import "slices"

// A Package is what a loader knows of one before it has parsed anything.
type Package interface {
	Path() string
	Imports() []Package
}

// Executes returns a function that reports whether any function of a package can be of
// interest: a loader can do without the bodies of the others. It goes by what a package
// imports, as the pass does. What a package is told of others by its own directives is
// for the loader to look for.
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
