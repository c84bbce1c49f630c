package calls

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
)

// A reader reads command lines off the code that makes them: texts, lists of texts, and
// commands. What it does not know is a word that is not known, and what a function is
// handed is a parameter's word.
type reader struct {
	*Resolver
	depth int                // of calls
	open  map[*ssa.Phi]bool  // those that are being read
	seen  map[ssa.Value]bool // variables and structs that are being read
	read  int                // values
}

func (r *Resolver) reader() *reader {
	return &reader{Resolver: r, open: map[*ssa.Phi]bool{}, seen: map[ssa.Value]bool{}}
}

// maxDepth bounds how many functions deep a command line is read.
const maxDepth = 4

// maxRead bounds the values that one command line is read off: lists that are appended to in
// many places are read in as many ways.
const maxRead = 2_000

// tired reports whether enough was read.
func (l *reader) tired() bool {
	l.read++
	return l.read > maxRead
}

// anything are words of which nothing is known, and unknown is one.
var anything, unknown = []catalogue.Word{{All: true}}, []catalogue.Word{{}}

// turn stands for what a list is at the beginning of a turn of a loop.
const turn = "\x00turn"

// list returns the words of a list of texts.
func (l *reader) list(v ssa.Value) []catalogue.Word {
	if l.tired() {
		return anything
	}
	switch v := v.(type) {
	case *ssa.Const:
		return nil
	case *ssa.Parameter:
		return parameter(v, true)
	case *ssa.ChangeType:
		return l.list(v.X)
	case *ssa.Slice:
		return l.slice(v)
	case *ssa.MakeSlice:
		return l.made(v)
	case *ssa.Phi:
		return l.phi(v, l.list)
	case *ssa.Call:
		return l.listOf(&v.Call)
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			return l.returned(&call.Call, v.Index, l.list)
		}
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return l.loaded(v, l.list, anything)
		}
	}
	return anything
}

// slice returns the words of a literal, or of the rest of another list.
func (l *reader) slice(v *ssa.Slice) []catalogue.Word {
	if array, ok := v.X.(*ssa.Alloc); ok {
		if v.High != nil && zero(v.High) {
			return nil
		}
		return l.literal(array)
	}
	words := l.list(v.X)
	low, ok := index(v.Low)
	if v.High != nil || !ok || low > len(words) || slices.ContainsFunc(words[:low], func(w catalogue.Word) bool { return w.All }) {
		return anything
	}
	return words[low:]
}

// index is a constant index, 0 for none.
func index(v ssa.Value) (int, bool) {
	if v == nil {
		return 0, true
	}
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() != constant.Int {
		return 0, false
	}
	return int(c.Int64()), true
}

func zero(v ssa.Value) bool {
	n, ok := index(v)
	return ok && n == 0
}

// literal returns the words of an array that variadic arguments, or a literal, make.
func (l *reader) literal(array *ssa.Alloc) []catalogue.Word {
	words := make([]catalogue.Word, 0, 4)
	for at, element := range absint.Elements(array) {
		i, ok := at.(*ssa.Const)
		if !ok || i.Int64() >= maxWords {
			return anything
		}
		for len(words) <= int(i.Int64()) {
			words = append(words, catalogue.Word{})
		}
		words[i.Int64()] = l.word(absint.Unboxed(element))
	}
	return words
}

// maxWords bounds the words of a literal.
const maxWords = 256

// made returns the words of a list that is made as long as another: it is filled from that.
func (l *reader) made(v *ssa.MakeSlice) []catalogue.Word {
	if zero(v.Len) {
		return nil
	}
	call, ok := v.Len.(*ssa.Call)
	if !ok || len(call.Call.Args) != 1 {
		return anything
	}
	if b, ok := call.Call.Value.(*ssa.Builtin); !ok || b.Name() != "len" || !isTexts(call.Call.Args[0].Type()) {
		return anything
	}
	return l.list(call.Call.Args[0])
}

// listOf returns the words of the list that a call answers.
func (l *reader) listOf(call *ssa.CallCommon) []catalogue.Word {
	if b, ok := call.Value.(*ssa.Builtin); ok {
		if b.Name() != "append" {
			return anything
		}
		words := slices.Concat(l.list(call.Args[0]), l.list(call.Args[1]))
		return words[:min(len(words), maxWords)]
	}
	switch name := fullName(call); name {
	case "slices.Concat":
		array, ok := variadic(call.Args[0])
		if !ok {
			return anything
		}
		var words []catalogue.Word
		for _, element := range absint.Elements(array) {
			words = append(words, l.list(element)...)
		}
		return words
	case "slices.Clone", "slices.Clip", "slices.Grow":
		return l.list(call.Args[0])
	case "strings.Fields", "strings.Split", "github.com/google/shlex.Split", "github.com/kballard/go-shellquote.Split", "github.com/mattn/go-shellwords.Parse":
		return l.text(call.Args[0])
	}
	return l.returned(call, 0, l.list)
}

// variadic returns the array that variadic arguments stand in.
func variadic(v ssa.Value) (*ssa.Alloc, bool) {
	s, ok := v.(*ssa.Slice)
	if !ok {
		return nil, false
	}
	array, ok := s.X.(*ssa.Alloc)
	return array, ok
}

// fullName returns the name of a function of a package, "" for anything else.
func fullName(call *ssa.CallCommon) string {
	fn := call.StaticCallee()
	if fn == nil {
		return ""
	}
	if origin := fn.Origin(); origin != nil {
		fn = origin
	}
	if fn.Pkg == nil || fn.Signature.Recv() != nil {
		return ""
	}
	return fn.Pkg.Pkg.Path() + "." + fn.Name()
}

// phi returns what a variable holds where branches meet: what all of them have in common, or
// the shorter where one has flags more; and what a loop adds.
func (l *reader) phi(v *ssa.Phi, read func(ssa.Value) []catalogue.Word) []catalogue.Word {
	if l.open[v] {
		return catalogue.Words(turn)
	}
	l.open[v] = true
	defer delete(l.open, v)
	var out, added []catalogue.Word
	for i, edge := range v.Edges {
		words := read(edge)
		switch {
		case len(words) > 0 && words[0].Text == turn:
			added = append(added, words[1:]...)
		case i == 0:
			out = words
		default:
			out = common(out, words)
		}
	}
	return slices.Concat(out, added)
}

// common is what two lines have in common.
func common(a, b []catalogue.Word) []catalogue.Word {
	for i := range min(len(a), len(b)) {
		if a[i].Equal(b[i]) {
			continue
		}
		if or := slices.Concat(texts(a[i]), texts(b[i])); len(texts(a[i])) > 0 && len(texts(b[i])) > 0 {
			return append(slices.Clone(a[:i]), slices.Concat([]catalogue.Word{{Or: or}}, common(a[i+1:], b[i+1:]))...)
		}
		if i == 0 {
			return anything
		}
		return append(slices.Clone(a[:i]), anything...)
	}
	return a[:min(len(a), len(b))]
}

// texts are what a word may be.
func texts(w catalogue.Word) []string {
	if w.Known {
		return []string{w.Text}
	}
	return w.Or
}

// parameter is the word, or with all the words, that a function is handed.
func parameter(p *ssa.Parameter, all bool) []catalogue.Word {
	if i := slices.Index(p.Parent().Params, p); i >= 0 {
		return []catalogue.Word{{Param: i + 1, All: all}}
	}
	return anything
}

// maxStored is how many stores to a variable are read: what is stored to in more places, as the
// name of an object is, says nothing.
const maxStored = 8

// loaded returns what a variable always holds: a local one, one of the package, or a field.
func (l *reader) loaded(v *ssa.UnOp, read func(ssa.Value) []catalogue.Word, none []catalogue.Word) []catalogue.Word {
	if l.seen[v.X] {
		return none
	}
	l.seen[v.X] = true
	defer delete(l.seen, v.X)
	values := l.storedTo(v.X)
	if len(values) == 0 || len(values) > maxStored {
		return none
	}
	var out []catalogue.Word
	for i, value := range values {
		words := read(value)
		if value.Parent() != v.Parent() {
			words = closed(words)
		}
		if i == 0 {
			out = words
		} else {
			out = common(out, words)
		}
	}
	return out
}

// closed is a line without the parameters of the function that it stands in: to another they
// say nothing.
func closed(line []catalogue.Word) []catalogue.Word {
	if !catalogue.Open(line) {
		return line
	}
	line = slices.Clone(line)
	for i := range line {
		line[i].Param, line[i].Line = 0, closed(line[i].Line)
	}
	return line
}

// storedTo returns what is stored to a local variable, one of the package, or a field.
func (l *reader) storedTo(addr ssa.Value) (values []ssa.Value) {
	switch addr := addr.(type) {
	case *ssa.Alloc:
		return stores(addr)
	case *ssa.Global:
		return l.held(addr)
	case *ssa.FieldAddr:
		if literal, ok := addr.X.(*ssa.Alloc); ok {
			values = fieldStores(literal, addr.Field)
		}
		if len(values) == 0 {
			values = l.fieldHeld(addr)
		}
	}
	return values
}

// stores returns what is stored to a variable.
func stores(v ssa.Value) (values []ssa.Value) {
	for _, ref := range *v.Referrers() {
		if st, ok := ref.(*ssa.Store); ok && st.Addr == v {
			values = append(values, st.Val)
		}
	}
	return values
}

// fieldStores returns what is stored to a field of a struct of the function's own.
func fieldStores(literal *ssa.Alloc, field int) (values []ssa.Value) {
	for _, ref := range *literal.Referrers() {
		if addr, ok := ref.(*ssa.FieldAddr); ok && addr.Field == field {
			values = append(values, stores(addr)...)
		}
	}
	return values
}

// held returns what the package stores to a variable of its own.
func (l *reader) held(g *ssa.Global) []ssa.Value { return l.variables()[g.Object()] }

// fieldHeld returns what the package stores to a field, of whichever struct of the type.
func (l *reader) fieldHeld(addr *ssa.FieldAddr) []ssa.Value { return l.variables()[fieldVar(addr)] }

// fieldVar returns the field that an address is of, or nil.
func fieldVar(addr *ssa.FieldAddr) types.Object {
	p, ok := addr.X.Type().Underlying().(*types.Pointer)
	if !ok {
		return nil
	}
	s, ok := p.Elem().Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	return s.Field(addr.Field)
}

// variables returns what the package's functions store to its variables, and to fields, as
// far as they hold texts, lists of texts, or functions.
func (r *Resolver) variables() map[types.Object][]ssa.Value {
	if r.stored != nil {
		return r.stored
	}
	r.stored = map[types.Object][]ssa.Value{}
	fns := withInit(r.Functions)
	for i := 0; i < len(fns); i++ {
		fns = append(fns, fns[i].AnonFuncs...)
		for _, b := range fns[i].Blocks {
			for _, instr := range b.Instrs {
				st, ok := instr.(*ssa.Store)
				if !ok {
					continue
				}
				switch addr := st.Addr.(type) {
				case *ssa.Global:
					r.stored[addr.Object()] = append(r.stored[addr.Object()], st.Val)
				case *ssa.FieldAddr:
					if field := fieldVar(addr); field != nil && (isString(field.Type()) || isTexts(field.Type())) {
						r.stored[field] = append(r.stored[field], st.Val)
					}
				}
			}
		}
	}
	return r.stored
}

func isString(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

// isTexts reports whether a type is a list of texts.
func isTexts(t types.Type) bool {
	s, ok := t.Underlying().(*types.Slice)
	return ok && isString(s.Elem())
}
