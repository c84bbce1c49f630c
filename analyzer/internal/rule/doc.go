// Package rule turns executions into findings. A rule reads outcomes; it never
// looks at syntax, and it executes nothing but counterfactuals: what the same
// function says of an object that is absent, or found.
//
// # Precedence
//
// [All] lists the rules, the strongest first. Each query of a function is
// reported once, by the first rule that fires on it: a fault that destroys
// something is not reported again for the false that led there.
//
// To add a rule, write one file here, put it in the list, and give it a folder
// in testdata/rule and a page in docs/rules; tests fail until all are there.
package rule
