package trial

import (
	"go/constant"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/calls"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
	"github.com/errswallow/errswallow/analyzer/internal/summary"
)

// Statuses of answers: of what is not there, of a fault, and of what is there.
const (
	gone   = 404
	failed = 503
	well   = 200
)

// directs is what a client library's call can answer in a case: a fault may be an error, and a
// status beside none.
func directs(call *ssa.CallCommon, q Query, command bool, c Case) []absint.Answer {
	status := q.Answer.Status
	if status == "" || c == Zero {
		return []absint.Answer{direct(call, q, command, c)}
	}
	with := func(c Case, code int64, from absint.Origin) absint.Answer {
		a := direct(call, q, command, c)
		a.Holds = map[string]absint.Value{
			"":     {From: absint.Beside},
			status: {Kind: absint.Const, From: absint.Beside | from, Const: constant.MakeInt64(code)},
		}
		for method, says := range map[string]bool{q.Answer.Good: code == well, q.Answer.Bad: code != well} {
			if method != "" {
				v := absint.Bool(says)
				v.From = absint.Beside | absint.Decided
				a.Holds[method] = v
			}
		}
		return a
	}
	switch c {
	case Fault:
		answer := with(Found, failed, absint.Carries)
		answer.Status = strconv.Itoa(failed)
		return []absint.Answer{direct(call, q, command, c), answer}
	case Absent:
		return []absint.Answer{with(Found, gone, absint.Carries)}
	}
	return []absint.Answer{with(c, well, 0)}
}

// direct is what a client library's call answers in a case.
func direct(call *ssa.CallCommon, q Query, command bool, c Case) absint.Answer {
	none := c == Absent && q.Lists
	if none {
		c = Zero
	}
	answer := byResults(call, q.Answer.Error != "", c)
	if n := len(answer.Results); n > 0 && answer.Results[n-1].Kind == absint.Fault {
		answer.Results[n-1].Is = q.Fails.Is
	}
	results := call.Signature().Results()
	switch {
	case q.Answer.Error == catalogue.Dropped:
	case q.Answer.Error != "":
		answer.Holds = byField(q.Answer.Error, c)
	case q.Answer.Object && (c == Fault || c == Absent) && results.Len() > 1, none && !q.Answer.Empty && results.Len() > 1 && listed(results.At(0).Type()):
		answer.Holds = map[string]absint.Value{"": absint.Nothing}
	}
	if len(q.Outs) > 0 {
		answer = through([]absint.Answer{answer}, q.Outs, c)[0]
		if c > Absent && c != Zero && results.Len() == 2 && absint.IsBool(results.At(0).Type()) {
			there := absint.Bool(true) // an object, and whether there is one
			there.From = absint.Beside
			answer.Results[0] = there
		}
	}
	switch {
	case !command:
	case c == Fault || c == Absent:
		answer = calls.CommandAnswer(call, answer)
	case c == Zero:
		answer = calls.CommandPrintsNothing(call, answer)
	}
	return answer
}

// listed reports whether a type is a pointer to an object that holds a list of others: one of nothing is
// an object, too, and no nil.
func listed(t types.Type) bool {
	p, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	object, ok := p.Elem().Underlying().(*types.Struct)
	return ok && slices.ContainsFunc(slices.Collect(object.Fields()), func(f *types.Var) bool {
		list, ok := f.Type().Underlying().(*types.Slice)
		if !ok {
			return false
		}
		_, basic := list.Elem().Underlying().(*types.Basic)
		return !basic
	})
}

// byResults is what is answered by results, of which the last is the error unless it is
// none of them.
func byResults(call *ssa.CallCommon, errorless bool, c Case) absint.Answer {
	results := call.Signature().Results()
	n := results.Len()
	if errorless {
		vars := append(slices.Collect(results.Variables()), types.NewVar(0, nil, "", types.Universe.Lookup("error").Type()))
		results = types.NewTuple(vars...)
	}
	answer := absint.FoundAnswer(results)
	switch c {
	case Fault:
		answer = absint.FaultAnswer(results.Len())
	case Absent:
		answer = absint.AbsentAnswer(results.Len())
	case Zero:
		answer = absint.ZeroAnswer(results.Len())
	case Unheard:
		answer.Results[results.Len()-1] = absint.FaultParam
	}
	answer.Results = answer.Results[:n]
	return answer
}

// byField is what the fields of an object hold that has the error in one of them.
func byField(field string, c Case) map[string]absint.Value {
	beside := absint.Value{From: absint.Beside} // of the others: how many there are, say
	switch c {
	case Fault:
		return map[string]absint.Value{"": absint.Nothing, field: absint.FaultParam}
	case Absent:
		return map[string]absint.Value{"": absint.Nothing, field: absint.AbsentParam}
	case Zero:
		return map[string]absint.Value{"": absint.Nothing, field: absint.NilParam}
	case Unheard:
		return map[string]absint.Value{"": beside, field: absint.FaultParam}
	}
	return map[string]absint.Value{"": beside, field: absint.NilParam}
}

// through adds to answers what values point to afterwards.
func through(answers []absint.Answer, outs []ssa.Value, c Case) []absint.Answer {
	for i := range answers {
		a := &answers[i]
		a.Through = outs
		switch c {
		case Fault, Absent:
			a.Keeps = true
		case Zero: // a number, or a text, is left as it was where there is no row
			a.Keeps = len(outs) > 0 && !slices.ContainsFunc(outs, func(v ssa.Value) bool { return !pointsToBasic(v) })
			a.Out = absint.Nothing
		default:
			a.Out = absint.Value{From: absint.Beside}
		}
	}
	return answers
}

// pointsToBasic reports whether a value, whatever it is boxed in, points to a number, a text or a bool.
func pointsToBasic(v ssa.Value) bool {
	p, ok := absint.Unboxed(v).Type().Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	_, basic := p.Elem().Underlying().(*types.Basic)
	return basic
}

// outs returns what points to what a call answers.
func outs(call *ssa.CallCommon, a catalogue.Answer) (out []ssa.Value) {
	if a.Model != "" {
		out = calls.Handed(call, a.Model)
	}
	if !a.Through {
		return append(out, pointed(call)...)
	}
	n := a.Out
	if call.Signature().Recv() != nil || call.IsInvoke() {
		n++
	}
	last := len(call.Args)
	if call.IsInvoke() {
		last++
	}
	if n < last {
		out = append(out, absint.Operand(call, n))
	}
	return out
}

// pointed returns the pointers that a call is handed as anything: it may decode its answer into what
// they point to.
func pointed(call *ssa.CallCommon) (out []ssa.Value) {
	for _, arg := range call.Args {
		if box, ok := arg.(*ssa.MakeInterface); ok {
			_, isPointer := box.X.Type().Underlying().(*types.Pointer)
			if t, ok := box.Type().Underlying().(*types.Interface); ok && t.Empty() && isPointer {
				out = append(out, arg)
			}
		}
	}
	return out
}

// operands are those of a call at some indexes, a receiver first.
func operands(call *ssa.CallCommon, indexes []int) (found []ssa.Value) {
	for _, i := range indexes {
		found = append(found, absint.Operand(call, i))
	}
	return found
}

// noun is what a query asks about by the type of what it answers: Pod, of a *v1.Pod or a
// *v1.PodList; "" where the type does not say.
func noun(call *ssa.CallCommon, outs []ssa.Value) string {
	var t types.Type
	for _, v := range outs {
		t = absint.Unboxed(v).Type()
	}
	if t == nil && call.Signature().Results().Len() > 1 {
		t = call.Signature().Results().At(0).Type()
	}
	for t != nil {
		switch u := types.Unalias(t).(type) {
		case *types.Pointer:
			t = u.Elem()
			continue
		case *types.Slice:
			t = u.Elem()
			continue
		case *types.Named:
			if types.IsInterface(u) {
				return ""
			}
			name := u.Obj().Name()
			return strings.TrimSuffix(name, "List")
		}
		break
	}
	return ""
}

// of is how a query is named by what it asks about: client.Get of a Pod.
func of(sym catalogue.Symbol, object string) string {
	name := sym.Name
	if pkg := sym.Package[strings.LastIndexByte(sym.Package, '/')+1:]; pkg != "" && sym.Last == "" {
		name = pkg + "." + name
	}
	switch {
	case object == "":
		return name
	case calls.NamedList(sym.Name):
		return name + " of " + plural(object)
	}
	return name + " of " + WithArticle(object)
}

func plural(noun string) string {
	if strings.HasSuffix(noun, "s") {
		return noun + "es"
	}
	return noun + "s"
}

// WithArticle puts an article before a noun.
func WithArticle(object string) string {
	switch {
	case object == "":
		return "something"
	case strings.ContainsRune("aeiouAEIO", rune(object[0])) && !strings.HasPrefix(object, "uni"): // a unit
		return "an " + object
	}
	return "a " + object
}

// parameters returns the parameters of a function, a receiver first, that a query in it
// answers through.
func parameters(fn *ssa.Function, outs []ssa.Value) (found []int) {
	for _, v := range outs {
		if p, ok := absint.Unboxed(v).(*ssa.Parameter); ok {
			if i := slices.Index(fn.Params, p); i >= 0 {
				found = append(found, i)
			}
		}
	}
	return found
}

// made takes the error of an answer for one of a kind, if it was made of that: who has made it
// knows how to tell it from others. One that is told from others by its type may hold a status.
func made(a absint.Answer, errorLast bool, kind absint.Kind, status bool) {
	last := &a.Results[len(a.Results)-1]
	unsaid := last.Kind == absint.NonZero || last.Kind == absint.Unknown && kind == absint.Fault
	if errorLast && unsaid && last.From&absint.Carries != 0 && (status || !last.Identified()) {
		last.Kind = kind
	}
}

// decoded returns the parameters of a function which may point to what it decodes its answer into.
func decoded(fn *ssa.Function) (found []int) {
	for i, p := range fn.Params {
		if t, ok := p.Type().Underlying().(*types.Interface); ok && t.Empty() {
			found = append(found, i)
		}
	}
	return found
}

// wrapped is what a function that asks answers in a case.
func wrapped(call *ssa.CallCommon, s *summary.Summary, faults []summary.Answer, c Case) []absint.Answer {
	results, outs := call.Signature().Results(), operands(call, s.Outs)
	errorLast := calls.AnswersError(call.Signature())
	of := func(answers []summary.Answer) []absint.Answer {
		return through(summary.Values(answers, absint.Beside, errorLast), outs, c)
	}
	switch c {
	case Fault:
		answers := of(faults)
		for _, a := range answers { // of several that it may be, it is the one that is supposed
			made(a, errorLast, absint.Fault, s.Status)
		}
		return answers
	case Absent:
		answers := of(s.Absents)
		for _, a := range answers {
			made(a, errorLast, absint.Absent, s.Status)
		}
		return answers
	case Zero:
		return through([]absint.Answer{absint.ZeroAnswer(results.Len())}, outs, c)
	}
	if c == Unheard && !errorLast {
		return nil // there is no error to listen to
	}
	answers := s.Founds
	if c == Stopped {
		answers = s.Stops
	}
	found := of(slices.DeleteFunc(slices.Clone(answers), func(a summary.Answer) bool { return failing(a, call.Signature()) }))
	if len(found) == 0 {
		found = through([]absint.Answer{absint.FoundAnswer(results)}, outs, c)
	}
	if c == Unheard {
		for i := range found {
			found[i].Results[results.Len()-1] = absint.FaultParam
		}
	}
	return found
}
