package load_test

import (
	"go/types"
	"testing"

	"github.com/errswallow/errswallow/internal/load"
)

// TestAbsent gives signatures types of a package that is not there: a struct where it is
// pointed to or written, what has nil elsewhere, and the same in every package that names it.
func TestAbsent(t *testing.T) {
	dir := module(t, map[string]string{
		"go.mod": "module example.com/m\n\ngo 1.24\n",
		"asks/asks.go": `package asks

import "example.com/go-gone/v2"

func Get(c gone.Client, id string) (*gone.App, gone.List, error) {
	app, err := c.Get(id)
	if err != nil {
		return nil, nil, err
	}
	return app, nil, nil
}
`,
		"uses/uses.go": `package uses

import (
	"example.com/m/asks"

	away "example.com/go-gone/v2"
)

type Holder struct {
	away.Client
	app *away.App
}

func (h *Holder) Load(id string) error {
	app, _, err := asks.Get(h.Client, id)
	h.app = app
	return err
}

func (h *Holder) Region() string { return h.Near(h.app.ID) }

func New(id string) *Holder { return &Holder{app: &away.App{ID: id}} }
`,
	})
	result, err := loaded(t, dir, load.Config{}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range result.Losses {
		if len(l.Faults) != 1 {
			t.Errorf("%s: %q: want that there is no such package, and nothing else", l.Package, l.Wrong())
		}
		for _, fn := range l.Functions {
			if !fn.Part {
				t.Errorf("%s is left out whole: %s", fn.Name, fn.Why)
			}
		}
	}
	named := map[string]types.Type{}
	for _, p := range result.Packages {
		switch p.Name {
		case "asks":
			sig := p.Types.Scope().Lookup("Get").Type().(*types.Signature)
			named["App"] = sig.Results().At(0).Type().(*types.Pointer).Elem()
			named["Client"], named["List"] = sig.Params().At(0).Type(), sig.Results().At(1).Type()
		case "uses":
			holder := p.Types.Scope().Lookup("Holder").Type().Underlying().(*types.Struct)
			named["embedded Client"], named["held App"] = holder.Field(0).Type(), holder.Field(1).Type().(*types.Pointer).Elem()
		}
	}
	if _, ok := named["App"].Underlying().(*types.Struct); !ok {
		t.Errorf("App is %v, want a struct", named["App"].Underlying())
	}
	for _, name := range []string{"Client", "List"} {
		if !types.IsInterface(named[name]) {
			t.Errorf("%s is %v, want an interface", name, named[name].Underlying())
		}
	}
	if named["App"] != named["held App"] || named["Client"] != named["embedded Client"] {
		t.Errorf("%v: one type is two", named)
	}
}
