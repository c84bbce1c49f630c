// Package flow says what an execution needs to know of a function's control flow
// before it begins: the order of its blocks, its loops, and which registers are still
// read.
//
// It knows SSA form, and nothing of what is executed on it.
package flow
