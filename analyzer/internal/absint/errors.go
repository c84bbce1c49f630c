package absint

import (
	"go/constant"
	"go/token"
	"go/types"
	"regexp"
	"strings"

	"golang.org/x/tools/go/ssa"
)

const intToken = token.INT

// errorMethod executes what every program asks of an error: its text, its
// cause, and whether it is another.
func (f *frame) errorMethod(s *state, call *ssa.CallCommon, args []Value) (Value, bool) {
	if call.IsInvoke() {
		if len(args) == 1 && args[0].From&Carries != 0 && call.Method.Name() == "Error" {
			return f.message(args[0]), true
		}
		return Value{}, false
	}
	fn := call.StaticCallee()
	if fn == nil || fn.Pkg == nil || len(args) == 0 {
		return Value{}, false
	}
	switch path := fn.Pkg.Pkg.Path(); path {
	case "errors", "github.com/pkg/errors", "golang.org/x/xerrors", "github.com/cockroachdb/errors":
		err := args[0]
		if fn.Name() == "Is" {
			if err.Kind == Zero && args[1].Kind != Zero {
				return no.with(err.From), true
			}
			if v := isSentinel(err, args[1]); v.Kind != Unknown {
				return v, true
			}
		}
		if err.From&Carries == 0 {
			return Value{}, false
		}
		switch fn.Name() {
		case "Is":
			return f.errorsIs(err, args[1]), true
		case "As", "AsType":
			if len(args) > 1 && args[1].Kind == Pointer {
				s.store(args[1].Cell, err.derived(Unknown))
			}
			return f.errorsAs(err, call), true
		case "Cause", "Unwrap":
			return err, true
		}
	}
	return Value{}, false
}

// message is the text of an error: the hypothesis's, or one that is not known.
func (f *frame) message(err Value) Value {
	if msg := f.x.hypothesis.Message; msg != "" && (err.Kind == Fault || err.Kind == Absent) {
		return Value{Kind: Const, Const: constant.MakeString(msg), From: Carries}
	}
	return Value{Kind: NonZero, From: Carries}
}

// isSentinel compares the identities of an error and of a sentinel, where both are
// known: what a function made of the fault, ErrNotRunning say, is that and nothing
// else.
func isSentinel(err, sentinel Value) Value {
	if err.Is == "" || sentinel.Is == "" {
		return Value{}
	}
	v, from := no, ByGate
	if err.Is == sentinel.Is {
		v, from = yes, ByError
	}
	if err.From&Carries == 0 {
		from = err.From
	}
	return v.with(from)
}

func (f *frame) errorsIs(err, target Value) Value {
	if target.Var != nil && f.x.oracle.AbsenceVar(target.Var) {
		switch err.Kind {
		case Fault:
			return no.with(ByGate)
		case Absent:
			return yes.with(ByGate)
		}
	}
	return Value{From: ByError}
}

func (f *frame) errorsAs(err Value, call *ssa.CallCommon) Value {
	var target types.Type
	if len(call.Args) > 1 {
		target = call.Args[1].Type()
		if mk, ok := call.Args[1].(*ssa.MakeInterface); ok {
			target = mk.X.Type()
		}
		if p, ok := target.Underlying().(*types.Pointer); ok {
			target = p.Elem()
		}
	} else if fn := call.StaticCallee(); len(fn.TypeArgs()) > 0 { // errors.AsType[T]
		target = fn.TypeArgs()[0]
	}
	ok := Value{From: ByError}
	if target != nil && f.x.oracle.AbsenceType(target) {
		switch err.Kind {
		case Fault:
			ok = no.with(ByGate)
		case Absent:
			ok = yes.with(ByGate)
		}
	}
	if call.Signature().Results().Len() == 2 {
		return Value{Kind: Tuple, Elems: []Value{err.derived(Unknown), ok}}
	}
	return ok
}

// text executes a function of package strings or regexp on the text of an
// error. Without a text it notes that there should be one.
func (f *frame) text(s *state, call *ssa.CallCommon, args []Value) (Value, bool) {
	fn := call.StaticCallee()
	if fn == nil || fn.Pkg == nil {
		return Value{}, false
	}
	switch fn.Pkg.Pkg.Path() {
	case "strings", "bytes":
		if fn.Signature.Recv() != nil {
			return f.buffered(s, fn.Name(), args)
		}
		return f.stringsCall(s, fn.Name(), args)
	case "regexp":
		return f.regexpCall(s, fn, call, args)
	}
	return Value{}, false
}

// buffered is what a buffer holds that a hypothesis says something of.
func (f *frame) buffered(s *state, method string, args []Value) (Value, bool) {
	if method != "String" && method != "Bytes" && method != "Len" || args[0].Kind != Pointer {
		return Value{}, false
	}
	v := s.load(args[0].Cell)
	return v, v.From&Beside != 0
}

// textOf returns the string that v is. What is derived from the error and not
// known, such as what a command printed, is taken for its text.
func (f *frame) textOf(v Value) (string, bool) {
	text, ok := v.text()
	if !ok && v.From&Carries != 0 && f.x.hypothesis.Message != "" {
		return f.x.hypothesis.Message, true
	}
	return text, ok
}

// matchers and changers are the functions of package strings, and of package
// bytes, that are executed on a text.
var (
	matchers = map[string]func(a, b string) bool{
		"Contains": strings.Contains, "HasPrefix": strings.HasPrefix, "HasSuffix": strings.HasSuffix, "EqualFold": strings.EqualFold,
	}
	changers = map[string]func(string) string{
		"ToLower": strings.ToLower, "ToUpper": strings.ToUpper, "TrimSpace": strings.TrimSpace,
	}
)

func (f *frame) stringsCall(s *state, name string, args []Value) (Value, bool) {
	var from Origin
	texts := make([]string, len(args))
	known := true
	for i, arg := range args {
		from |= arg.From
		text, ok := f.textOf(arg)
		texts[i], known = text, known && ok
	}
	if fn := changers[name]; fn != nil && known {
		return fromConst(constant.MakeString(fn(texts[0]))).with(from), true
	}
	if from&Carries == 0 {
		if fn := matchers[name]; fn != nil && known {
			return Bool(fn(texts[0], texts[1])).with(from), true
		}
		return Value{}, false
	}
	if fn := matchers[name]; fn != nil {
		if !known {
			f.x.readsText = f.x.readsText || f.x.hypothesis.Message == ""
			return Value{From: ByGate}, true
		}
		return Bool(fn(texts[0], texts[1])).with(ByGate), true
	}
	if name == "Index" && known {
		return fromConst(constant.MakeInt64(int64(strings.Index(texts[0], texts[1])))).with(ByGate), true
	}
	f.x.readsText = f.x.readsText || f.x.hypothesis.Message == ""
	return Value{From: from}, true
}

// regexpCall matches the text of an error against a constant pattern: that of
// the call, or of the MustCompile that made the receiver.
func (f *frame) regexpCall(s *state, fn *ssa.Function, call *ssa.CallCommon, args []Value) (Value, bool) {
	if fn.Name() != "MatchString" || len(args) != 2 || args[1].From&Carries == 0 {
		return Value{}, false
	}
	text, ok := f.textOf(args[1])
	if !ok {
		f.x.readsText = f.x.readsText || f.x.hypothesis.Message == ""
		return Value{From: ByGate}, true
	}
	pattern, ok := args[0].text()
	if fn.Signature.Recv() != nil {
		pattern, ok = compiled(call.Args[0])
	}
	re, err := regexp.Compile(pattern)
	if !ok || err != nil {
		return Value{From: ByGate}, true
	}
	v := Bool(re.MatchString(text)).with(ByGate)
	if fn.Signature.Recv() == nil {
		return Value{Kind: Tuple, Elems: []Value{v, zero}}, true
	}
	return v, true
}

// compiled returns the constant pattern of a *regexp.Regexp: a call of
// MustCompile in the function, or in the initialiser of a package variable.
func compiled(v ssa.Value) (string, bool) {
	switch v := v.(type) {
	case *ssa.Call:
		if fn := v.Call.StaticCallee(); fn != nil && fn.Name() == "MustCompile" && len(v.Call.Args) == 1 {
			if c, ok := v.Call.Args[0].(*ssa.Const); ok && c.Value != nil && c.Value.Kind() == constant.String {
				return constant.StringVal(c.Value), true
			}
		}
	case *ssa.UnOp:
		g, ok := v.X.(*ssa.Global)
		if !ok || g.Pkg == nil {
			return "", false
		}
		for _, b := range g.Pkg.Func("init").Blocks {
			for _, in := range b.Instrs {
				if st, ok := in.(*ssa.Store); ok && st.Addr == g {
					return compiled(st.Val)
				}
			}
		}
	}
	return "", false
}

// alive reports whether the value that a condition looks at is a fail-safe
// one: not the zero value, although it came beside the error.
func (f *frame) alive(s *state, cond ssa.Value) bool {
	switch c := cond.(type) {
	case *ssa.UnOp:
		return f.alive(s, c.X)
	case *ssa.BinOp:
		return f.alive(s, c.X) || f.alive(s, c.Y)
	}
	v := f.value(s, cond)
	return v.From&Beside != 0 && v.Kind != Zero
}
