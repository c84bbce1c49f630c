package calls

import (
	"go/constant"
	"go/token"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/errswallow/errswallow/analyzer/internal/absint"
	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
)

// word returns a text as one word of a command line.
func (l *reader) word(v ssa.Value) catalogue.Word {
	words := l.text(v)
	if len(words) == 1 {
		w := words[0]
		if _, ok := v.(*ssa.Parameter); ok {
			w.All = false
		} else if w.All && w.Param == 0 {
			w = catalogue.Word{} // one, whatever it is
		}
		return w
	}
	return catalogue.Word{Line: words}
}

// text returns the words of a text, which spaces are between.
func (l *reader) text(v ssa.Value) []catalogue.Word {
	if l.tired() {
		return anything
	}
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value != nil && v.Value.Kind() == constant.String {
			return catalogue.Words(constant.StringVal(v.Value))
		}
	case *ssa.Parameter:
		if isString(v.Type()) {
			return parameter(v, true)
		}
	case *ssa.ChangeType:
		return l.text(v.X)
	case *ssa.Convert:
		return l.text(v.X)
	case *ssa.Phi:
		return l.phi(v, l.text)
	case *ssa.BinOp:
		if v.Op == token.ADD {
			return l.joined(v)
		}
	case *ssa.Call:
		switch fullName(&v.Call) {
		case "fmt.Sprintf", "fmt.Sprint", "strings.Join":
			return l.joined(v)
		}
		if fn := v.Call.StaticCallee(); fn != nil && len(v.Call.Args) == 1 && isString(v.Call.Args[0].Type()) && namedQuote(fn.Name()) {
			return l.text(v.Call.Args[0])
		}
		return l.returned(&v.Call, 0, l.text)
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			return l.returned(&call.Call, v.Index, l.text)
		}
	case *ssa.UnOp:
		if v.Op != token.MUL {
			break
		}
		if at, ok := v.X.(*ssa.IndexAddr); ok {
			return l.element(at)
		}
		return l.loaded(v, l.text, unknown)
	}
	return unknown
}

// element returns an element of a list: each in turn, where the index is a variable.
func (l *reader) element(at *ssa.IndexAddr) []catalogue.Word {
	if !isTexts(at.X.Type()) {
		return unknown
	}
	words := l.list(at.X)
	i, ok := index(at.Index)
	switch {
	case !ok && len(words) > 0:
		return words
	case ok && i < len(words):
		for _, w := range words[:i+1] {
			if w.All {
				return unknown
			}
		}
		return words[i : i+1]
	}
	return unknown
}

// joined returns the words of a text that is put together.
func (l *reader) joined(v ssa.Value) []catalogue.Word {
	var s sentence
	l.say(&s, v)
	return s.words
}

// say adds the parts of a text to a sentence.
func (l *reader) say(s *sentence, v ssa.Value) {
	switch v := v.(type) {
	case *ssa.BinOp:
		if v.Op == token.ADD {
			l.say(s, v.X)
			l.say(s, v.Y)
			return
		}
	case *ssa.Call:
		switch fullName(&v.Call) {
		case "strings.Join":
			if sep, ok := v.Call.Args[1].(*ssa.Const); ok && sep.Value != nil && constant.StringVal(sep.Value) == " " {
				s.add(l.list(v.Call.Args[0]))
				return
			}
			s.add(unknown)
			return
		case "fmt.Sprintf":
			l.format(s, &v.Call)
			return
		case "fmt.Sprint":
			s.add(anything)
			return
		}
	case *ssa.Const:
		if v.Value != nil && v.Value.Kind() == constant.String {
			s.say(constant.StringVal(v.Value))
			return
		}
	}
	s.add(l.text(v))
}

// format adds what Sprintf prints.
func (l *reader) format(s *sentence, call *ssa.CallCommon) {
	c, ok := call.Args[0].(*ssa.Const)
	if !ok || c.Value == nil {
		s.add(anything)
		return
	}
	var values []ssa.Value
	if array, ok := variadic(call.Args[1]); ok {
		for at, element := range absint.Elements(array) {
			if i, ok := index(at); ok && i == len(values) {
				values = append(values, absint.Unboxed(element))
			}
		}
	}
	format := constant.StringVal(c.Value)
	for {
		before, verb, ok := strings.Cut(format, "%")
		s.say(before)
		if !ok || verb == "" {
			return
		}
		end := strings.IndexFunc(verb, func(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '%' })
		if end < 0 {
			return
		}
		switch {
		case verb[end] == '%':
			s.say("%")
		case len(values) > 0 && isString(values[0].Type()):
			l.say(s, values[0])
			values = values[1:]
		default:
			s.add(unknown)
			values = values[min(1, len(values)):]
		}
		format = verb[end+1:]
	}
}

// A sentence is a text that is being put together.
type sentence struct {
	words []catalogue.Word
	inner bool // the last word goes on
}

// say adds a constant.
func (s *sentence) say(text string) {
	fields := strings.Fields(text)
	if s.inner && len(fields) > 0 && !strings.HasPrefix(text, " ") && !strings.HasPrefix(text, "\n") {
		s.glue(catalogue.Word{Text: fields[0], Known: true})
		fields = fields[1:]
	}
	s.words = append(s.words, catalogue.Words(fields...)...)
	if text != "" {
		s.inner = !strings.HasSuffix(text, " ") && !strings.HasSuffix(text, "\n")
	}
}

// add adds words, of which the first goes on with the last one.
func (s *sentence) add(words []catalogue.Word) {
	if s.inner && len(words) > 0 {
		s.glue(words[0])
		words = words[1:]
	}
	s.words = append(s.words, words...)
	s.inner = true
}

// glue makes one word of the last and another.
func (s *sentence) glue(w catalogue.Word) {
	if len(s.words) == 0 {
		s.words = append(s.words, w)
		return
	}
	last := &s.words[len(s.words)-1]
	switch {
	case last.Known && w.Known:
		last.Text += w.Text
	case last.Known:
		*last = catalogue.Word{Text: last.Text + w.Text}
	default:
		*last = catalogue.Word{Text: last.Text, All: last.All && last.Param == 0}
	}
}
