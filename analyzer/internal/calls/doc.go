// Package calls says what a call does: whether it asks, tells absence from a fault,
// keeps or shows an error, ends the program, replies, destroys or creates.
//
// A [Resolver] answers it for every call of a package, from sources in one order: what
// directives and the user's settings declare, the catalogue of libraries (the standard
// library among them), summaries of other functions, and last what a name promises.
package calls
