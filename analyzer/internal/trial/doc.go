// Package trial executes functions, and keeps what each query of each of them led to.
//
// A [Trial] holds the executions of one function under one query: that it fails, that
// its object is absent, that it is there. What a function is told on a way out is
// spelled out as [Told]s, so that two ways out can be compared; a [Witness] is a way
// out under a fault, and the ways out for an absent and for a found object that one
// execution of everything else can take. The rules compare; they execute nothing
// themselves.
//
// [Infer] makes the trials of one package, its functions bottom-up, and the summaries
// that other functions are executed with.
package trial
