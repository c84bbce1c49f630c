// Package libraries is what errswallow knows of other people's code, as data.
//
// A folder is a library. Its library.cat says what the calls of the library are; package
// catalogue reads it, and its documentation has the words. In testdata there is a module
// that requires the library, with code on which the pass must fire and code on which it
// must be silent.
package libraries

import "embed"

// Files has the library.cat of every folder.
//
//go:embed */library.cat
var Files embed.FS
