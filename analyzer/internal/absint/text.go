package absint

import (
	"go/constant"
	"go/types"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// message is the text of an error: the hypothesis's, or one that is not known.
func (f *frame) message(err Value) Value {
	if msg := f.x.hypothesis.Message; msg != "" && (err.Kind == Fault || err.Kind == Absent) {
		return Value{Kind: Const, Const: constant.MakeString(msg), From: Carries}
	}
	return Value{Kind: NonZero, From: Carries, Got: err.Kind}
}

// sentinelText is the text of a sentinel, as far as the package that declares it can be seen; what is
// not known is still that of the sentinel.
func sentinelText(v ssa.Value, sentinel Value) Value {
	if call, ok := initial(v).(*ssa.Call); ok && call.Call.StaticCallee() != nil && call.Call.StaticCallee().String() == "errors.New" {
		if c, ok := call.Call.Args[0].(*ssa.Const); ok {
			return fromConst(c.Value)
		}
	}
	return Value{Kind: NonZero, Var: sentinel.Var}
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
		return f.stringsCall(call, fn.Name(), args)
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
	text, ok := v.Text()
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

func (f *frame) stringsCall(call *ssa.CallCommon, name string, args []Value) (Value, bool) {
	if name == "EqualFold" {
		for _, p := range [][2]Value{{args[0], args[1]}, {args[1], args[0]}} {
			if p[0].Got != Unknown && f.absent(p[1], types.Typ[types.String]) {
				return decided(p[0].Got), true // as se.Code == "NotFound" is
			}
		}
	}
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
		return sought(name, args, texts, known)
	}
	if fn := matchers[name]; fn != nil {
		if !known && name == "Contains" && texts[0] != "" && lacks(texts[0], call.Args[1]) {
			return no.with(Decided), true
		}
		if !known && args[len(args)-1].Var != nil && args[0].Got != Unknown && f.x.oracle.AbsenceVar(args[len(args)-1].Var) {
			return decided(args[0].Got), true // as errors.Is
		}
		if !known {
			f.x.readsText = f.x.readsText || f.x.hypothesis.Message == ""
			return Value{From: Decided}, true
		}
		return Bool(fn(texts[0], texts[1])).with(Decided), true
	}
	if name == "Index" && known {
		return fromConst(constant.MakeInt64(int64(strings.Index(texts[0], texts[1])))).with(Decided), true
	}
	f.x.readsText = f.x.readsText || f.x.hypothesis.Message == ""
	return Value{From: from}, true
}

// verb is what fmt puts something in the place of.
var verb = regexp.MustCompile(`%[-+# 0-9.*\[\]]*[a-zA-Z%]`)

// lacks reports whether a text lacks a piece of what is looked for in it: the constant format of
// a Sprintf, `pods "%s" not found`, whatever is put into that.
func lacks(text string, piece ssa.Value) bool {
	call, ok := piece.(*ssa.Call)
	if !ok || call.Call.StaticCallee() == nil || call.Call.StaticCallee().String() != "fmt.Sprintf" {
		return false
	}
	format, ok := call.Call.Args[0].(*ssa.Const)
	return ok && slices.ContainsFunc(verb.Split(constant.StringVal(format.Value), -1), func(part string) bool { return !strings.Contains(text, part) })
}

// sought executes a function on texts that are not of the error. What was printed and is empty
// has nothing in it, whatever is looked for: nobody looks for nothing.
func sought(name string, args []Value, texts []string, known bool) (Value, bool) {
	fn := matchers[name]
	empty := len(args) > 0 && args[0].Kind == Zero && args[0].From&Beside != 0
	switch {
	case fn != nil && known:
		return Bool(fn(texts[0], texts[1])).with(args[0].From | args[1].From), true
	case fn != nil && empty && name != "EqualFold":
		return no.with(args[0].From), true
	case empty && name == "Fields":
		return zero.with(args[0].From), true
	case empty && (name == "Split" || name == "SplitN"):
		return Value{Kind: NonZero, From: args[0].From, Elems: []Value{zero.with(args[0].From)}}, true
	}
	return Value{}, false
}

// nothingIn reports whether there is nothing in a list, or nothing but what is empty.
func nothingIn(list Value) bool {
	return list.Kind == Zero || list.Kind == NonZero && len(list.Elems) > 0
}

// regexpCall matches the text of an error against a constant pattern: that of
// the call, or of the MustCompile that made the receiver. Of what is found in it, it is known
// whether there is anything.
func (f *frame) regexpCall(s *state, fn *ssa.Function, call *ssa.CallCommon, args []Value) (Value, bool) {
	finds := strings.HasPrefix(fn.Name(), "Find")
	if !finds && !strings.HasPrefix(fn.Name(), "Match") || len(args) < 2 || args[1].From&Carries == 0 {
		return Value{}, false
	}
	text, ok := f.textOf(args[1])
	if !ok {
		f.x.readsText = f.x.readsText || f.x.hypothesis.Message == ""
		return Value{From: Decided}, true
	}
	pattern, ok := args[0].Text()
	if fn.Signature.Recv() != nil {
		pattern, ok = compiled(call.Args[0])
	}
	re, err := regexp.Compile(pattern)
	if !ok || err != nil {
		return Value{From: Decided}, true
	}
	matches := re.MatchString(text)
	switch {
	case finds && matches:
		return nonZero.with(Decided), true
	case finds:
		return zero.with(Decided), true
	}
	v := Bool(matches).with(Decided)
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
		if first := initial(v); first != nil {
			return compiled(first)
		}
	}
	return "", false
}

// initial returns what a variable of the package holds, of which v is loaded, once the package is
// initialised; nil for anything else.
func initial(v ssa.Value) ssa.Value {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return nil
	}
	g, ok := load.X.(*ssa.Global)
	if !ok || g.Pkg == nil || g.Pkg.Func("init") == nil {
		return nil
	}
	for _, b := range g.Pkg.Func("init").Blocks {
		for _, in := range b.Instrs {
			if st, ok := in.(*ssa.Store); ok && st.Addr == g {
				return st.Val
			}
		}
	}
	return nil
}
