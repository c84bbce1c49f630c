// Package summary says what a function answers, so that its callers can be
// executed without it.
//
// A [Summary] holds what the function answers when a query inside it fails, finds
// nothing, or finds what it asks for; what it answers when it is handed an error; and
// which destructive call it makes. It is exported as a fact, so that callers in other
// packages know it. Package trial computes it.
package summary
