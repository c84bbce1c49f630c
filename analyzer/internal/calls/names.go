package calls

import (
	"regexp"
	"strings"
	"sync"
)

// pattern compiles a regular expression when it is first asked for: go vet starts a
// process for each of hundreds of packages, and most look at no name.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}

// gateName matches names of predicates, sentinels and error types that stand
// for absence. Code that cannot be seen is trusted by its name: whoever writes
// IsNotFound means it, and a doubt is silent.
var gateName = pattern(`NotFound|NoSuch|NotExist|NonExist|DoesntExist|DoesNotExist|Missing|Gone|404|notFound|noSuch|notExist|missing|not_found|NOT_FOUND|NO_SUCH|NOT_EXIST`)

// NamedGate reports whether a name says "absent".
func NamedGate(name string) bool { return gateName().MatchString(name) }

// eitherName matches names that ask for one thing or another.
var eitherName = pattern(`[a-z]Or[A-Z]`)

// NamedEither reports whether a name asks for something else, too: IsRetriableOrNotFound.
func NamedEither(name string) bool { return eitherName().MatchString(name) }

// faultName matches names of sentinels that stand for a fault that passes, and numbers of MySQL's.
var faultName = pattern(`(?i)^(1040|1203|1205|1213|200[236]|2013)$|timeout|timedout|deadline|cancel|unavailable|unreachable|tempora|transient|closed|closing|refused|reset|busy|eof|conn|network|retry|throttl|limit|many|server|internal|lock|fail|err$`)

// namedFault reports whether a sentinel of this name may stand for a fault that passes.
func namedFault(name string) bool { return faultName().MatchString(name) }

// loggerName matches methods and functions that show an error to people. A
// type's own Error method is not one.
var loggerName = pattern(`^(?i:(log|print|debug|info|notice|warn|warning|error|trace|verbose|output|report|alert)(f|ln|w|ctx|context|msg|once|_?err|_?error|_?warning|with\w*)?|err|record_?error|set_?status|add_?event|(handle|record|set|mark|fail|end)?_?span\w*|println?|sprintf?|log\w+|print\w+|usererr\w*|warn\w+|debug\w+)$`)

// namedLogger reports whether a call of this name shows what it is handed.
func namedLogger(name string) bool { return loggerName().MatchString(name) }

// complaintName matches methods that say that something went wrong: t.Errorf, diags.AddError.
var complaintName = pattern(`^(Add\w*)?(Error|Errorf|Fail|FailNow|Fatal|Fatalf)$`)

// namedComplaint reports whether a method of this name says that something went wrong.
func namedComplaint(name string) bool { return complaintName().MatchString(name) }

// statusName matches parameters that are the status of a reply.
var statusName = pattern(`(?i)^(http_?)?(status|code)(_?code)?$`)

// namedStatus reports whether a parameter of this name is the status of a reply.
func namedStatus(name string) bool { return statusName().MatchString(name) }

// pollName matches helpers that run a condition again until it is true.
var pollName = pattern(`(?i)wait|poll|retry|until|eventually|backoff|attempt|consistently|never`)

// NamedPoll reports whether a function of this name runs its condition again.
func NamedPoll(name string) bool { return pollName().MatchString(name) }

// exitName matches methods that end the program or the test.
var exitName = pattern(`^(Fatal|Panic|Exit|Die)(f|ln|w|Context)?$|^(FailNow|Skip|Skipf|SkipNow)$`)

// namedExit reports whether a call of this name does not return.
func namedExit(name string) bool { return exitName().MatchString(strings.TrimSpace(name)) }

// actionName matches functions that do something: whether that succeeded is no
// verdict about state.
var actionName = pattern(`^(?i:exec|run|start|create|pull|build|push|ensure|setup|set|init|import|export|restore|apply|deploy|install|update|upgrade|write|send|do|execute|perform|launch|attach|connect|configure|prepare|process|handle|wait|reconcile|sync|migrate)([A-Z_]|$)`)

// NamedAction reports whether a function of this name does something.
func NamedAction(name string) bool { return actionName().MatchString(name) }

// keeperName matches functions that make an error of another.
var keeperName = pattern(`^E$|^([Nn]ew|[Ww]rap|With|Annotate|From|Err|Internal|Trace|Stack|Errorf)|(Error|Err|Errorf)$`)

// namedKeeper reports whether a function of this name makes an error of the one
// it is handed.
func namedKeeper(name string) bool { return keeperName().MatchString(name) }

// errorName matches functions that make an error of a text.
var errorName = pattern(`^E$|^(New)?Err(or)?([A-Z0-9f_]|$)|(Error|Err|Errorf)$`)

// namedError reports whether a function of this name makes an error of the text that it is
// handed.
func namedError(name string) bool { return errorName().MatchString(name) }

// recordName matches types of objects that say how something went.
var recordName = pattern(`(?i)(error|err|envelope|condition|failure|problem|fault|status|result|response|reply)$`)

// makerName matches functions that make an error of one sort: ErrTooMany.
var makerName = pattern(`^(New)?Err[A-Z]`)

// namedMaker reports whether a function of this name makes an error, whatever it is handed.
func namedMaker(name string) bool { return makerName().MatchString(name) }

// absenceName matches functions that make an error that says that something is absent.
var absenceName = pattern(`^(?i:(new|make|return|respond|send|err|error|http|api|status)*)(NotFound|NoSuch[A-Z]\w*|NotExists?|Gone)(f|ln|Error|Err|Response|Reply)?$|^([nN]ew|[mM]ake|[eE]rr)[A-Z]\w*(NotFound|NotExists?)(Error|Err|f)?$|^(Err)?No[A-Z]\w*(Found|Exists?)([A-Z]|$)|^(Err)?NonExist`)

// namedAbsence reports whether a function of this name that answers an error makes one that says
// that something is absent.
func namedAbsence(name string) bool { return absenceName().MatchString(name) }

// iteratorName matches functions that call a func literal for each of several
// elements, and stop when it answers false.
var iteratorName = pattern(`^(Range|Walk|Each|ForEach|Iterate|Visit|Inspect|Ascend|Descend|Scan)\w*$`)

// NamedIterator reports whether false from a func literal handed to a function
// of this name means "stop".
func NamedIterator(name string) bool { return iteratorName().MatchString(name) }

// searchName matches functions that say whether a list has something in it.
var searchName = pattern(`(?i)^(is|str|string|slice|list|array|set|map)?_?(contains|includes?|has|in|member)(any|all|str|string|slice|list|array|key|value|element|item|func|by|p)?s?$`)

// namedSearch reports whether a function of this name says whether a list has something in it.
func namedSearch(name string) bool { return searchName().MatchString(name) }

// listName matches queries for all objects of a kind: nothing can be absent.
var listName = pattern(`List(s|Containers|Images|Networks|Volumes)?$|^(List|Filtered|Containers$|DiskUsage$)|\b(ps|ls|list|images)$`)

// NamedList reports whether a query of this name lists objects. Its error says
// that the runtime does not answer, and never that something is absent.
func NamedList(name string) bool { return listName().MatchString(name) }

// doubtName matches words, constants and results that say that nobody knows.
var doubtName = pattern(`(?i)unknown|undefined|indeterminate|unspecified|unavailable|unreachable|internal$|err(or)?\b|error|fault|invalid|pending|^(known|sure|certain|determined|-|--|\?|n/?a|unset|none of .*|never mind)$|^\W*$`)

// NamedDoubt reports whether a word, or the name of a constant or of a result, says that
// nobody knows, or that something failed.
func NamedDoubt(name string) bool { return name != "" && doubtName().MatchString(name) }

// refusalName matches constants that refuse somebody something.
var refusalName = pattern(`(?i)^no_?(access|permission)|den(y|ied)|forbidden|unauthori[sz]ed`)

// NamedRefusal reports whether the name of a constant refuses: that is safe under a fault.
func NamedRefusal(name string) bool { return refusalName().MatchString(name) }

// stateName matches fields that say if something is there, or runs.
var stateName = pattern(`(?i)running|exist|found|alive|^up$|online|healthy|present|ready|active|state|status|phase|health|gone|missing|stopped|installed|deployed`)

// NamedState reports whether a field of this name says if something is there, or runs.
func NamedState(name string) bool { return stateName().MatchString(name) }

// outcomeName matches parts of a reply that say by false that it is none.
var outcomeName = pattern(`(?i)^(ok|success|succeeded|valid|known|available|healthy|ready|complete|up_?to_?date)$`)

// NamedOutcome reports whether a part of a reply of this name says if the reply is one.
func NamedOutcome(name string) bool { return outcomeName().MatchString(name) }

// againName matches fields that say that something has to be done again.
var againName = pattern(`(?i)^(need_?)?(requeue|re_?try|re_?try_?again|resync|reschedule)`)

// NamedAgain reports whether a field of this name says by true that something has to be done again.
func NamedAgain(name string) bool { return againName().MatchString(name) }

// absenceWord matches words that say that something is not there, or does not run.
var absenceWord = pattern(`(?i)not.?(found|running|there|existing|exist|present|created|started|deployed|installed|configured|enabled)|no such|missing|absent|gone|stopped|exited|dead|down|removed|deleted|terminated|inactive|offline|disabled|unhealthy|^(none|no|false|off)$`)

// NamedAbsence reports whether a word says that something is not there, or does not run.
func NamedAbsence(word string) bool { return absenceWord().MatchString(word) }

// absenceText matches texts of errors that say that something is not there.
var absenceText = pattern(`(?i)\bnot found\b|\bnotfound\b|n[o']t exists?\b|\bno such\b|no longer exists|\b(cannot|can't|could ?n[o']t) find\b|\bunable to find\b|\bno (\w+ ){1,4}(found|exists?)\b|\bnon-?existing\b|不存在|未找到|找不到`)

// countName matches functions that count something: what is counted is never less than none.
var countName = pattern(`^(?i:count|num|len|size|total)([A-Z_]|$)|(Count|Number|Len|Size|Total)$`)

// NamedCount reports whether a function of this name counts.
func NamedCount(name string) bool { return countName().MatchString(name) }

// choiceName matches functions whose answer says what to do, and not what is: only who asks
// knows which answer is the careful one.
var choiceName = pattern(`^(?i:check|is)?(?i:should|needs?|must|can|may|ignore|skip|want|allow)([A-Z_]|ed|$)`)

// checkName matches functions whose false refuses somebody something.
var checkName = pattern(`^(?i:verify|validate|authori[sz]e|authenticate)|(?i:trust(ed)?|allowed|permitted|authori[sz]ed|authenticated|permissions?)$`)

// NamedCheck reports whether a function of this name refuses by false.
func NamedCheck(name string) bool { return checkName().MatchString(name) && !NamedState(name) }

// endName matches functions whose false says that something is not over yet.
var endName = pattern(`(?i:drained|finished|completed?|done|idle|succeeded|applied|already)$`)

// NamedEnd reports whether a function of this name says by false that something is not over yet.
func NamedEnd(name string) bool { return endName().MatchString(name) }

// NamedChoice reports whether a function of this name says what to do.
func NamedChoice(name string) bool { return choiceName().MatchString(name) }

// localName matches functions that can fail and ask nobody: they read, or make, what is in
// memory.
var localName = pattern(`^(?i:parse|unmarshal|marshal|decode|encode|expand|flatten|split|validate|convert|build|format|new|set|compile|must|is_?valid|read_?config|from_?(string|bytes|text|json|hex|base64)|read_?(file|dir|all))|^(?i:open|stat)$|^(?i:to|as)([A-Z_]|$)`)

// NamedLocal reports whether a function of this name, of which nothing else is known, asks
// nobody.
func NamedLocal(name string) bool { return localName().MatchString(name) }

// quoteName matches functions that make a word of a text for a shell.
var quoteName = pattern(`(?i)quote|escape`)

// namedQuote reports whether a function of this name answers the text that it is handed, for
// a shell.
func namedQuote(name string) bool { return quoteName().MatchString(name) }
