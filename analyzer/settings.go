package analyzer

import (
	"errors"
	"flag"
	"fmt"
	"go/types"
	"io"
	"os"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/errswallow/errswallow/analyzer/internal/catalogue"
	"github.com/errswallow/errswallow/analyzer/internal/rule"
)

// Settings are what a user can choose. The zero Settings are the defaults. The
// JSON names are the names of the flags, and of the keys of golangci-lint.
type Settings struct {
	// Rules are the rules to apply, by id; none means all of them.
	Rules []string `json:"rules"`
	// Libraries are the client libraries to know, by their folders; none means all of them.
	Libraries []string `json:"libraries"`
	// Catalogues are data files of one's own, of the form of the libraries' library.cat.
	Catalogues []string `json:"catalogue"`
	// Query, NotFound and Destructive add functions of one's own to the
	// catalogue, by full name: (*example.com/rt.Client).Inspect.
	Query       []string `json:"query"`
	NotFound    []string `json:"notfound"`
	Destructive []string `json:"destructive"`
	// Evidence is the weakest evidence that is reported: possible, likely or certain;
	// none means likely.
	Evidence string `json:"evidence"`
	// Verbose says on standard error where the pass was silent for want of budget.
	Verbose bool `json:"verbose"`
	// Origin says for a message where a value of a key is written, and what it is called
	// there; nil means by a flag: "-rules".
	Origin func(key, value string) string `json:"-"`
}

// At says where a value of a key is written.
func (s Settings) At(key, value string) string {
	if s.Origin == nil {
		return "-" + key
	}
	return s.Origin(key, value)
}

// Validate returns an error that names every setting that is wrong, or nil.
func (s Settings) Validate() error {
	_, err := s.world()
	return err
}

// world returns what the settings mean.
func (s Settings) world() (*world, error) {
	var errs []error
	for _, name := range s.Libraries {
		if _, err := catalogue.Select(catalogue.Builtin(), []string{name}); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", s.At("libraries", name), err))
		}
	}
	libs, _ := catalogue.Select(catalogue.Builtin(), s.Libraries) // its error is among those above
	shipped := len(libs)
	var own []setting
	for _, name := range s.Catalogues {
		lib, err := read(name)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", s.At("catalogue", name), err))
			continue
		}
		libs = append(slices.Clone(libs), lib)
		for _, sym := range slices.Concat(lib.Symbols, lib.Gates) {
			own = append(own, setting{sym, fmt.Sprintf("%s:%d", name, sym.Line)})
		}
	}
	named := &catalogue.Library{Name: "settings"}
	for _, n := range s.names() {
		sym, err := catalogue.ParseSymbol(n.kind, n.Name)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", n.Where, err))
			continue
		}
		named.Symbols = append(named.Symbols, sym)
		own = append(own, setting{sym, n.Where})
	}
	rules := rule.All()
	for _, lib := range libs[shipped:] {
		for _, w := range append(slices.Clone(lib.Weak), lib.Strong...) {
			if !slices.Contains(catalogue.Aspects, w.Rule) && !slices.ContainsFunc(rules, func(r rule.Rule) bool { return r.ID == w.Rule }) {
				errs = append(errs, fmt.Errorf("%s: %s:%d: unknown rule %q: have %s, %s", s.At("catalogue", lib.Name), lib.Name, w.Line, w.Rule, ids(rules), strings.Join(catalogue.Aspects, ", ")))
			}
		}
	}
	for _, id := range s.Rules {
		if !slices.ContainsFunc(rules, func(r rule.Rule) bool { return r.ID == id }) {
			errs = append(errs, fmt.Errorf("%s: unknown rule %q: have %s", s.At("rules", id), id, ids(rules)))
		}
	}
	if len(s.Rules) > 0 {
		rules = slices.DeleteFunc(rules, func(r rule.Rule) bool { return !slices.Contains(s.Rules, r.ID) })
	}
	least := rule.Likely
	if s.Evidence != "" {
		i := slices.Index(rule.Evidences, s.Evidence)
		if i < 0 {
			errs = append(errs, fmt.Errorf("%s: unknown evidence %q: have %s", s.At("evidence", s.Evidence), s.Evidence, strings.Join(rule.Evidences, ", ")))
		}
		least = rule.Evidence(max(i, 0))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return &world{
		least:     least,
		catalogue: catalogue.New(append(slices.Clone(libs), named)...),
		rules:     rules,
		libraries: append(slices.Clone(libs), named),
		own:       own,
		narrowed:  len(s.Libraries) > 0,
	}, nil
}

// A Name is a function that the settings add, by its full name.
type Name struct {
	// Name is the full name, Package the import path in it, and Where where it is written.
	Name, Package, Where string

	kind catalogue.Kind
}

// Names are the functions that Query, NotFound and Destructive name and that are spelled
// as full names are, but for patterns.
func (s Settings) Names() (names []Name) {
	for _, n := range s.names() {
		if sym, err := catalogue.ParseSymbol(n.kind, n.Name); err == nil && !sym.Pattern() && sym.Name != "*" {
			n.Package = sym.Package
			names = append(names, n)
		}
	}
	return names
}

func (s Settings) names() (names []Name) {
	for _, list := range []struct {
		key   string
		kind  catalogue.Kind
		names []string
	}{
		{"query", catalogue.Query, s.Query},
		{"notfound", catalogue.NotFound, s.NotFound},
		{"destructive", catalogue.Destructive, s.Destructive},
	} {
		for _, name := range list.names {
			names = append(names, Name{Name: name, Where: s.At(list.key, name), kind: list.kind})
		}
	}
	return names
}

// A setting is an entry that the settings add, and where it is written.
type setting struct {
	catalogue.Symbol
	where string
}

// read reads a data file.
func read(name string) (*catalogue.Library, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	lib, err := catalogue.Parse(name, text)
	if err != nil {
		return nil, err
	}
	if lib.Empty() {
		return nil, fmt.Errorf("%s:1: there is no entry in it", name)
	}
	lib.Rename(name) // one that is called docker.cat is another than the library
	return lib, nil
}

// resolve reports a function that the settings name and that the package, or one
// that it imports, does not have; and a query that cannot fail. What no package
// imports is not reported: it is not there to be looked at.
func (w *world) resolve(pass *analysis.Pass) {
	for _, s := range w.own {
		if err := missing(pass, s.Symbol); err != nil {
			misuse(pass, pass.Files[0].Name.Pos(), wrongSetting, "%s: %v", s.where, err)
		}
	}
}

// missing returns an error that says what an entry names that is not there, in the package
// or in one that it imports.
func missing(pass *analysis.Pass, s catalogue.Symbol) error {
	if s.Pattern() || s.Name == "*" {
		return nil // it may stand for what is in no package of these
	}
	for _, p := range slices.Concat(pass.Pkg.Imports(), []*types.Package{pass.Pkg}) {
		if p.Path() == s.Package {
			obj, err := s.Resolve(p)
			if err != nil {
				return err
			}
			return s.Fits(obj)
		}
	}
	return nil
}

func ids(rules []rule.Rule) string {
	var out []string
	for _, r := range rules {
		out = append(out, r.ID)
	}
	return strings.Join(out, ", ")
}

// Bind adds a flag for each setting. What they are set to is validated by
// Validate.
func (s *Settings) Bind(flags *flag.FlagSet) {
	flags.Var((*list)(&s.Rules), "rules", "apply these `rules` only, by id, separated by commas")
	flags.Var((*list)(&s.Libraries), "libraries", "know these client `libraries` only, separated by commas")
	flags.Var((*list)(&s.Catalogues), "catalogue", "know what this `file` says of calls, too; may be repeated")
	flags.Var((*list)(&s.Query), "query", "treat the function of this full `name` as a query, too; may be repeated")
	flags.Var((*list)(&s.NotFound), "notfound", "treat the function of this full `name` as a not-found predicate, too; may be repeated")
	flags.Var((*list)(&s.Destructive), "destructive", "treat the function of this full `name` as destructive, too; may be repeated")
	flags.StringVar(&s.Evidence, "evidence", s.Evidence, "report findings of this `evidence` and stronger: possible, likely (default) or certain")
	flags.BoolVar(&s.Verbose, "verbose", s.Verbose, "say where the pass was silent for want of budget")
}

// A list is a flag that may be repeated, and whose value may hold commas.
type list []string

// String implements flag.Value.
func (l *list) String() string {
	if l == nil {
		return ""
	}
	return strings.Join(*l, ",")
}

// Set implements flag.Value.
func (l *list) Set(s string) error {
	for _, name := range strings.Split(s, ",") {
		if name = strings.TrimSpace(name); name == "" {
			return errors.New("empty name")
		}
		*l = append(*l, name)
	}
	return nil
}

// once computes a world when the first package is analysed: by then the driver
// has parsed its flags. Packages are analysed in parallel.
type once struct {
	sync.Once
	world *world
	err   error
}

func (c *instance) world() (*world, error) {
	c.once.Do(func() { c.once.world, c.once.err = c.settings.world() })
	return c.once.world, c.once.err
}

// debugOutput is where -verbose writes to.
var debugOutput io.Writer = os.Stderr
