// Package fix suggests edits that mend a finding.
//
// A fix is offered where it is mechanical: the error has a name that is still its
// own where the report stands, the function has a result to tell the fault with,
// and, where an absent object makes the query fail, too, the library has a gate,
// the predicate that tells the two apart. Elsewhere none is: a wrong fix costs
// more than none.
//
//   - collapse, empty: the gate before the return that is reported.
//   - discard: a name for the error, and a return for the fault.
//   - overbroad: the gate in place of the match.
//
// destroy has none: what is to happen instead is not the pass's to say.
package fix
