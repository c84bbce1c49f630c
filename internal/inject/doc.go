// Package inject makes each query fail for real, while the tests run that people have. The
// calls that ask, and those by which something is lost, are rewritten in a build overlay:
// no file of the user's changes. A run without a fault says which test reaches which call;
// then each call fails in turn, in the tests that reach it, and what is destroyed then, and
// was not before, is the fault's doing.
//
// Sites are found by the pass, see [analyzer.NewSites]; [Overlay] rewrites, and the files
// runtime.txt and runtimecommand.txt are what a rewritten package is given.
package inject
