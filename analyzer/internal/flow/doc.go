// Package flow says what an execution needs to know of a function's control flow
// before it begins: where the sides of a branch meet again, what a branch chooses
// between, and which registers are still read.
//
// It knows SSA form, and nothing of what is executed on it.
package flow
