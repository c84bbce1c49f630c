// Package catalogue says what the calls of each client library are.
//
// It is data, not code: one file a library in data/, read once. The words:
//
//   - query: asks a runtime for the state of something, and can fail.
//   - probe: asks whether the daemon answers; err == nil is a right answer.
//   - destructive: remove, kill, stop, restart, prune.
//   - creating: makes an object anew, as the second half of "recreate" does.
//   - ensuring: makes an object, or keeps the one that is there: nothing is lost.
//   - idle: changes nothing, and says nothing of an object: it closes a connection.
//   - action: any other call that can fail; neither a verdict nor a loss.
//   - notfound: a predicate, true for absence and false for a fault.
//   - absence: a sentinel error, or an error type, that means absence only.
//   - code: turns an error into a status code; its second word is the code of
//     absence.
//   - gate: the predicate that a suggested fix uses; the best comes first, and the
//     last needs nothing that the library does not.
//   - logger: shows an error to people; its caller has not been told.
//   - tell: lets somebody know of an error who acts on it, as a test's Errorf does.
//   - wrap: answers an error that keeps the one it was handed.
//   - exit: does not return.
//   - assert: does not return when it is handed an error.
//   - poll: calls a condition again until it is true.
//   - fault: a predicate that is true of some faults, and of no absence.
//   - pure: computes from its arguments, and does nothing else.
//   - print: writes what people, or a remote caller, read as the program's output.
//   - reply: answers a remote caller; its second word is the argument, counted from 0,
//     that is the status.
//   - filter: answers nil for absence, and the error that it was handed otherwise.
//   - wrap may name the argument that is the code of the error it makes.
//
// A quoted word after a symbol is an argument: the entry is about calls whose
// last argument is this constant.
//
// A symbol is spelled as [types.Func.FullName] prints it, here, in flags, in
// settings and in the docs: fmt.Errorf, (*net/http.Client).Do.
package catalogue
