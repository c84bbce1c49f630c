package summary

import (
	"fmt"
	"go/constant"
	"go/token"
	"slices"
	"strconv"
	"strings"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
)

// A Summary is a fact of a function or a method: what it answers. It holds
// slices, no maps, and no positions of this process, so that the same package
// always gives the same bytes.
type Summary struct {
	// Query is the client library's call that can fail inside, "" for none.
	Query string
	// Object is what Query asks about: container, image, network, ...
	Object string
	// Library is the catalogue file that Query is in.
	Library string
	// Faults is what is answered when Query fails with a fault.
	Faults []Answer
	// Absents is what is answered when Query fails with a not-found error.
	Absents []Answer
	// Founds is what is answered of an object that is there and well, Stops of one that
	// is there and does not run. They are known of functions that ask.
	Founds, Stops []Answer
	// Status reports that Query has a status of HTTP, and With are words of which one has to be
	// among the arguments of a call for it to be a query, see [catalogue.Answer].
	Status bool
	With   []string
	// Asks reports that the function is a query itself, for its callers: what it
	// answers is made of what Query answered, and it does nothing else that
	// could fail in a way that matters.
	Asks bool
	// Acts reports that the function changes something.
	Acts bool
	// Quiet reports that nothing that the function does outlives it but what it answers.
	Quiet bool
	// Remote reports that a call in it can fail for a reason that passes.
	Remote bool
	// Online reports that one is known to ask somebody else than the machine that it runs on, and that
	// the function answers an error.
	Online bool
	// Ends reports that the function never returns.
	Ends bool
	// Always is what the function answers whatever it is handed, one answer, or nil where that is
	// not known.
	Always []Answer
	// Params is what is answered when an error is handed in.
	Params []Param
	// Outs are the parameters, a receiver first, that point to what a function that asks
	// answers.
	Outs []int
	// Reach is the destructive or creating call that is made inside.
	Reach absint.Reach
	// Again lists the parameters that are conditions of a loop.
	Again []int
	// NotFound: the function is a not-found predicate by its directive.
	NotFound bool
	// Runs is the command line that the function runs, of what it is handed; nil for none.
	Runs *Runner
	// LeftOut reports that the function could not be executed as a whole: its name and its shape
	// say what it does.
	LeftOut bool
	// Reply is how the function answers a remote caller; the zero Reply if it does not.
	Reply Reply
	// Makes is the status that is in the error, or the reply, that the function makes: "404"; ""
	// for none.
	Makes string
}

// A Reply is the status that a helper answers a remote caller with.
type Reply struct {
	// Param is the parameter that is the status, a receiver first and counted from 1; 0 for
	// none.
	Param int
	// Code is the status, a number, that the helper always answers.
	Code string
}

// A Runner is what a helper runs, and what it answers then.
type Runner struct {
	// Line is the command line, with the parameters of the helper in it.
	Line []catalogue.Word
	// Makes reports that the helper answers the command, and does not run it.
	Makes bool
	// Faults, Absents, Founds and Empties are what it answers when the command fails, by a
	// fault and for absence, and when it succeeds, and prints something or nothing.
	Faults, Absents, Founds, Empties []Answer
}

// A Param is what a function answers when one of its parameters is a fault, a
// not-found error, or nil.
type Param struct {
	Index               int
	Faults, Absent, Nil []Answer
}

// An Answer is one tuple of results.
type Answer struct {
	Results []Result
	// Fate is what became of the error, if it is in none of the results.
	Fate absint.Fate
	// Reach is what is done on the way that cannot be undone, if anything.
	Reach absint.Reach
	// Status is the status of the answer that it is told of, see [absint.Answer]. Of two
	// answers that are told alike the first is told of.
	Status string
	// Replies is the status that a remote caller is answered on the way, as in [absint.Answer].
	Replies string
}

// A Result is an [absint.Value] as far as it means anything to a caller.
type Result struct {
	Kind absint.Kind
	From absint.Origin
	// Is is what an error is told from others by, see [absint.Value].
	Is string
	// Holds is a number, or a word, that it is, "=404", or a number that is in a field of it,
	// ".1=404"; [hollow] of what points to an object with nothing in it.
	Holds string
	// Got is whether it was got from an error, and from which, see [absint.Value].
	Got absint.Kind
}

// AFact marks a Summary as a fact of package analysis.
func (*Summary) AFact() {}

// String says what a summary says, as `// want` comments of tests do:
// "ContainerInspect fails -> false, nil".
func (s *Summary) String() string {
	var parts []string
	if len(s.Faults) > 0 {
		verb := " fails inside -> "
		if s.Asks {
			verb = " fails -> "
		}
		parts = append(parts, s.Query+verb+Render(s.Faults))
	}
	for _, p := range s.Params {
		parts = append(parts, fmt.Sprintf("given fault -> %s", Render(p.Faults)))
	}
	if s.Reach.Name != "" {
		verb := [...]string{absint.Destroys: "destroys", absint.Creates: "creates", absint.Ensures: "ensures"}[s.Reach.Kind]
		parts = append(parts, verb+" by "+s.Reach.Name)
	}
	if len(s.Again) > 0 {
		parts = append(parts, "polls")
	}
	if s.NotFound {
		parts = append(parts, "not-found predicate")
	}
	if s.Reply != (Reply{}) {
		parts = append(parts, "replies")
	}
	if s.LeftOut {
		parts = append(parts, "left out")
	}
	if len(s.Always) > 0 {
		parts = append(parts, "always -> "+Render(s.Always))
	}
	if s.Ends {
		parts = append(parts, "never returns")
	}
	return strings.Join(parts, "; ")
}

// Render spells answers for people.
func Render(answers []Answer) string {
	var out []string
	for _, a := range answers {
		var results []string
		for _, r := range a.Results {
			results = append(results, r.String())
		}
		if len(results) == 0 {
			results = []string{"nothing"}
		}
		out = append(out, strings.Join(results, ", "))
	}
	return strings.Join(out, " | ")
}

// String returns the word for a result.
func (r Result) String() string {
	switch r.Kind {
	case absint.Zero:
		return "zero"
	case absint.Const:
		return "true"
	case absint.NonZero:
		return "non-zero"
	case absint.Fault:
		return "fault"
	case absint.Absent:
		return "absent"
	}
	return "unknown"
}

// Empty reports whether the summary says nothing of interest.
func (s *Summary) Empty() bool {
	return !s.LeftOut && !s.Remote && !s.Online && !s.Quiet && len(s.Faults) == 0 && len(s.Params) == 0 && s.Reach.Name == "" && len(s.Again) == 0 && !s.NotFound && !s.Acts && !s.Ends && len(s.Always) == 0 && s.Runs == nil && s.Reply == (Reply{}) && s.Makes == ""
}

// OfExit returns what a caller is told on the way out.
func OfExit(e absint.Exit) Answer {
	a := Answer{Fate: e.Fate}
	for _, v := range e.Results {
		r := Result{Kind: v.Kind, From: v.From & absint.Carries, Is: v.Is, Got: v.Got}
		r.Holds = status(v)
		switch v.Kind {
		case absint.Const:
			if truth, known := v.Truth(); !known || !truth {
				r.Kind = absint.NonZero
			}
		case absint.Pointer, absint.Closure:
			r.Kind = absint.NonZero
		case absint.Tuple, absint.Record:
			r.Kind = absint.Unknown
		}
		a.Results = append(a.Results, r)
	}
	return a
}

// hollow is what a pointer holds to an object that a query should have filled.
const hollow = "nothing"

// maxWord is the length of the longest text that is a word, in bytes.
const maxWord = 24

// status returns the number or the word that a value is, or the number that is in a field of it and
// came with an answer.
func status(v absint.Value) string {
	if v.Hollow() {
		return hollow
	}
	if text, ok := v.Text(); ok && text != "" && len(text) <= maxWord && !strings.Contains(text, " ") {
		return "=" + strconv.Quote(text)
	}
	number := func(v absint.Value) bool { return v.Kind == absint.Const && v.Const.Kind() == constant.Int }
	if number(v) {
		return "=" + v.Const.ExactString()
	}
	for _, p := range v.Parts {
		if number(p.Value) && p.Value.From&absint.Beside != 0 && strings.LastIndexByte(p.Path, '.') == 0 {
			return p.Path + "=" + p.Value.Const.ExactString()
		}
	}
	return ""
}

// Add appends an answer that is not there yet.
func Add(answers []Answer, a Answer) []Answer {
	if slices.ContainsFunc(answers, func(b Answer) bool {
		return a.Fate == b.Fate && a.Reach == b.Reach && a.Replies == b.Replies && slices.Equal(a.Results, b.Results)
	}) {
		return answers
	}
	return append(answers, a)
}

// AddAll appends the answers that are not there yet.
func AddAll(answers, more []Answer) []Answer {
	for _, a := range more {
		answers = Add(answers, a)
	}
	return answers
}

// Values turns answers into what the executor supposes. What stands beside the
// error is marked so. An error that the callee made of the fault, by whatever
// means, tells of it.
func Values(answers []Answer, beside absint.Origin, errorLast bool) []absint.Answer {
	var out []absint.Answer
	for _, a := range answers {
		v := absint.Answer{Fate: a.Fate, Reach: a.Reach, Status: a.Status, Replies: a.Replies}
		for i, r := range a.Results {
			from := r.From
			if errorLast && i == len(a.Results)-1 {
				if r.Kind != absint.Zero {
					from |= absint.Carries
				} else {
					from |= absint.Decided
				}
			}
			if from&absint.Carries == 0 {
				from |= beside
			}
			value := r.value(from)
			if r.Holds == hollow && i == 0 {
				v.Holds = map[string]absint.Value{"": {Kind: absint.Zero, From: r.From | beside}}
			}
			if path, literal, ok := strings.Cut(r.Holds, "="); ok {
				kind := token.INT
				if literal[0] == '"' {
					kind = token.STRING
				}
				held := absint.Value{Kind: absint.Const, From: r.From | beside, Const: constant.MakeFromLiteral(literal, kind, 0)}
				switch {
				case path == "":
					value = held
				case r.Kind == absint.Unknown: // a struct
					value = absint.Value{Kind: absint.Record, From: held.From, Parts: []absint.Part{{Value: absint.Value{From: beside}}, {Path: path, Value: held}}}
				case i == 0:
					v.Holds = map[string]absint.Value{"": {From: beside}, path: held}
				}
			}
			v.Results = append(v.Results, value)
		}
		out = append(out, v)
	}
	return out
}

// value is what the executor supposes of a result.
func (r Result) value(from absint.Origin) absint.Value {
	v := absint.Value{Kind: r.Kind, Is: r.Is, Got: r.Got}
	if r.Kind == absint.Const {
		v = absint.Bool(true)
	}
	v.From = from
	return v
}
