// Package predicate knows what tells absence from a fault, as far as that can
// be said without executing anything: names, and the messages of real errors.
//
// A gate is true for absence and false for a fault. The catalogue lists the
// gates of each library; a hand-written one is executed, once for every message
// here; one whose body cannot be seen is trusted by its name.
package predicate
