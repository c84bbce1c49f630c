// Package catalogue says what the calls of each client library are.
//
// It is data, not code: a folder a library in package libraries, read once. The words:
//
//   - query: asks a runtime for the state of something, and can fail.
//   - probe: asks whether the daemon answers; err == nil is a right answer.
//   - destructive: remove, kill, stop, restart, prune.
//   - creating: makes an object anew, as the second half of "recreate" does.
//   - ensuring: makes an object, or keeps the one that is there: nothing is lost.
//   - idle: changes nothing, and says nothing of an object: it closes a connection.
//   - action: any other call that can fail; neither a verdict nor a loss.
//   - notfound: a predicate, true for absence and false for a fault; its second word is
//     the code that has to be among its arguments, if any has to be.
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
//   - forgets: says for good that something is not there. In a function that calls it
//     every call that can fail for a reason that passes is a query.
//   - local: can fail, and asks nobody.
//   - handler: a type; what a function that answers it was called for comes again.
//   - remover: a type; a function that is handed one, and has one of the words behind it in
//     its name, says by answering no error that the object is gone.
//   - observer: a type; a function that answers one with nothing in it, and no error, says
//     that the object is gone.
//   - input: an error type that says of what came in that it is wrong: no fault is of it.
//   - waits: a method that waits for a command, which its receiver was made of.
//   - changing NAMES: calls whose names begin so change something: beside what forgets, their
//     "not found" says nothing of what was to be read.
//   - wrap may name the argument that is the code of the error it makes.
//   - module PATH VERSION: what the entries are looked up in.
//   - types PREFIX: the packages of the library's own types: a method of an interface of the
//     user's is the library's where its name and one of them in its signature are.
//   - generated KIND WORD [absent=empty]: methods of clients that go-swagger generates and
//     that have the word in their names.
//   - unseen KIND NAMES [absent=empty]: functions that nobody can see do this whose names begin so
//     (Get*), or end (*Exists), and that are handed a context and answer an error. clients NAMES:
//     methods of types whose names end so (*Client) do, handed a context or not; caches NAMES: what
//     methods of such types remove is not lost.
//   - also PATH: another path of the module, after it moved: the entries are about both.
//   - program NAME [WORDS]: a command line; docker-compose is docker, and the word compose.
//     One that has no subcommands is named twice, and is one itself: kill kill.
//   - named WORDS: what stands behind the name of a program in that of a variable which holds
//     its path: dockerBinary.
//   - command KIND WORDS [OBJECT] [if=FLAG] [absent=empty] [exit=N,...]: one of its
//     subcommands, its words joined by dashes; with the flag, where there is one, or with an
//     object behind the words, where that is *; it ends with these statuses for an object that is not there, and for no fault.
//   - valued FLAGS: these have a value, which is no word of a subcommand.
//   - telling WORDS: second words of subcommands that other programs do not have.
//   - wrapper NAME N [FLAGS]: a program that runs the command line which stands behind its
//     flags and N words; these flags have a value.
//   - runs WORDS N [FLAGS]: a subcommand, its words joined by dashes, that does the same.
//   - state FIELD WELL STOPPED [LIBRARIES]: what a field holds of an object that is there, of
//     these libraries or of all.
//   - weak RULE [WORD ...]: what the rule finds in queries of the library is no more than
//     possible: in functions in whose names a word begins with one of these, or in all: ready is
//     one of IsReady, and none of Already. RULE may be created, for what destroy finds that is made
//     of a fault alone, and not of an absence: it may be a note of it.
//   - strong RULE WORD ...: what the rule finds in queries of the library is no more than
//     possible, but in functions whose names have one of the words in them: exist* for exists and
//     existing, has for no hash.
//   - fails SYMBOL TEXT: a query of the library fails by this sentinel, and the text says so;
//     others time out.
//   - says fault TEXT, says absent TEXT: the text of a real error of the library, to the end of the
//     line: what is matched against the texts of errors is tried on it. Those of what asks for nothing
//     may come from any library.
//   - speaks LIBRARIES: its errors have the texts of these, too.
//   - off: the library is not known unless somebody asks for it, by a plus and its name; off minor:
//     its queries are known where something else than what they ask about is lost, a row for a file.
//   - tests PACKAGE: what imports it is test code.
//   - remote PACKAGE: one that asks others than the machine that it runs on, whatever for.
//   - makes WHAT SYMBOL: the function, or the variable, makes an error of the library: of
//     absence (absent) or of a fault (deadline, eof, refused, 503); the best comes first. Of
//     a command line it is, quoted, what that prints.
//
// After the symbol of a query may stand what it asks about, * where the type of what it
// answers says so, and how it answers:
//
//   - out=N: through argument N, counted from 0, and those after it.
//   - model=METHOD: through what this method was handed, earlier in the chain of calls.
//   - error=FIELD: the error is in this field of what is answered; error=dropped: it has none.
//   - keeps=error: what the query is called on keeps the error, too, if that is a chain of calls.
//   - absent=empty: an object that is not there is no error, but an answer with nothing in it.
//   - absent=error: it is an error, although the query is called as one that lists: zfs list name.
//   - status=FIELD: a number in this field of what is answered is the status of HTTP, which tells,
//     beside a nil error, of absence (404) and of a fault (503).
//     It may be a method, StatusCode(); good=METHOD() and bad=METHOD() say if it is that of
//     something that is there.
//   - with=GET,HEAD: the entry is about calls that have one of these words among their arguments,
//     or among those of the calls that made them. A destructive one may have it, too, and is
//     about calls that are handed a text which begins with one of the words: DELETE FROM users.
//   - beside=object: beside an error there is an object with nothing in it, and no nil.
//
// A quoted word, or a number, after a symbol is an argument: the entry is about calls whose
// last argument is this constant.
//
// A symbol is spelled as [types.Func.FullName] prints it, here, in flags, in
// settings and in the docs: fmt.Errorf, (*net/http.Client).Do. It may be a pattern, see
// [ParseSymbol].
package catalogue
