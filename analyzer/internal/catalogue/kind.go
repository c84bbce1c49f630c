package catalogue

// A Kind says what a symbol is; the zero Kind is a symbol nobody catalogued.
type Kind string

// The kinds, by the words that stand for them in a data file.
const (
	Query       Kind = "query"
	Probe       Kind = "probe"
	Destructive Kind = "destructive"
	Creating    Kind = "creating"
	Ensuring    Kind = "ensuring"
	Action      Kind = "action"
	NotFound    Kind = "notfound"
	Absence     Kind = "absence"
	Code        Kind = "code"
	Logger      Kind = "logger"
	Tell        Kind = "tell"
	Wrap        Kind = "wrap"
	Exit        Kind = "exit"
	Assert      Kind = "assert"
	Poll        Kind = "poll"
	Fault       Kind = "fault"
	Pure        Kind = "pure"
	Print       Kind = "print"
	Reply       Kind = "reply"
	Filter      Kind = "filter"
	Idle        Kind = "idle"
	Forgetting  Kind = "forgets"
	Local       Kind = "local"
	Handler     Kind = "handler"
	Remover     Kind = "remover"
	Observer    Kind = "observer"
	Waiting     Kind = "waits"
	Minor       Kind = "minor"
	Input       Kind = "input"
)

// kinds lists every Kind; a word that is not here is an error in a data file.
var kinds = []Kind{Query, Probe, Destructive, Creating, Ensuring, Action, NotFound, Absence, Code, Logger, Tell, Wrap, Exit, Assert, Poll, Fault, Pure, Print, Reply, Filter, Idle, Forgetting, Local, Handler, Remover, Observer, Waiting, Input}
