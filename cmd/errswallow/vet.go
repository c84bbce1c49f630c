package main

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/errswallow/errswallow/analyzer"
	"github.com/errswallow/errswallow/internal/config"
	"github.com/errswallow/errswallow/internal/load"
)

// unit returns the configuration file that go vet runs the command with for one
// package, the last of its arguments, or "".
func unit(args []string) string {
	if n := len(args); n > 0 && strings.HasSuffix(args[n-1], ".cfg") {
		return args[n-1]
	}
	return ""
}

// A vetConfig is what go vet says of a package.
type vetConfig struct {
	ImportPath, GoVersion string
	// Dir is its folder, ModulePath the module that it is of, and ModuleVersion the version
	// that this was fetched at.
	Dir, ModulePath, ModuleVersion string
	// VetxOnly is whether only what the command knows of it is wanted, for packages that
	// import it.
	VetxOnly bool
	// ImportMap are the paths of what it imports, by how the source spells them. Standard are
	// the packages of the standard library among them, and PackageVetx what the command has
	// written about imported packages.
	ImportMap   map[string]string
	Standard    map[string]bool
	PackageVetx map[string]string
}

// failed reports whether the command has failed on a package of the same module that this
// one imports, and said why: nothing is written about it.
func (c *vetConfig) failed() bool {
	for _, path := range c.ImportMap {
		own := c.ModulePath != "" && (path == c.ModulePath || strings.HasPrefix(path, c.ModulePath+"/"))
		if own && c.PackageVetx[path] == "" {
			return true
		}
	}
	return false
}

// vet answers go vet: which version the command is of, which flags it has, or what there
// is to say of one package. It does not return.
func vet(args []string) {
	if slices.Contains(args, "-V=full") {
		if err := identify(os.Stdout); err != nil {
			fail(failed, err)
		}
		os.Exit(clean)
	}
	settings, asked := vetSettings(args)
	a := analyzer.New(settings)
	a.Flags = flag.FlagSet{} // they are read
	new(analyzer.Settings).Bind(&a.Flags)
	run := a.Run
	a.Run = func(pass *analysis.Pass) (any, error) {
		// Alone the command reads of the standard library what it declares. There are
		// hundreds of its packages, and each is a process that would read the catalogue.
		if asked.VetxOnly && asked.standard() {
			return &analyzer.Result{}, nil
		}
		own := *pass
		own.Report = func(d analysis.Diagnostic) {
			switch {
			case !analyzer.WrongSetting(d):
				pass.Report(d)
			case !asked.VetxOnly: // before there are facts, see vetSettings
				fail(failed, errors.New(d.Message))
			}
		}
		return run(&own)
	}
	singlechecker.Main(a)
}

// identify prints what go vet tells one version of a tool from another by: a hash of the
// command and of the settings that hold for the packages that go vet is asked for. Where
// they change, everything is looked at anew. It is run where the go command is.
// Reference: toolID in cmd/go/internal/work/buildid.go
func identify(w io.Writer) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	file, err := os.Open(self)
	if err != nil {
		return err
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return err
	}
	files, err := config.Around(".")
	if err != nil {
		return err
	}
	for _, f := range files {
		settings := f.Under(analyzer.Settings{}, func(string) bool { return false })
		if err := settings.Validate(); err != nil {
			return err
		}
		for _, name := range append([]string{f.Path}, settings.Catalogues...) {
			text, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(filepath.Dir(files[0].Path), name)
			if err != nil {
				rel = name
			}
			fmt.Fprintf(hash, "%q %q\n", rel, text)
		}
	}
	_, err = fmt.Fprintf(w, "%s version devel comments-go-here buildID=%02x\n", self, hash.Sum(nil))
	return err
}

// vetSettings returns the settings that hold for the package that go vet runs the command
// for, and whether only its facts are asked of it. It ends the process if they are wrong,
// or if the command is too old for the go command. The driver would say so, too, but go vet
// caches the facts of a package whose analysis failed, and is silent about it from the
// second run on. What fails before it has any facts is run again, and fails again.
//
// A package that only its facts are asked of is passed over without a word: there
// are hundreds, and those asked for are told.
func vetSettings(args []string) (settings analyzer.Settings, asked vetConfig) {
	cfg := unit(args)
	if cfg == "" {
		return settings, asked
	}
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	settings.Bind(flags)
	for _, name := range []string{"json", "fix", "diff"} {
		flags.Bool(name, false, "")
	}
	flags.Int("c", 0, "")
	if flags.Parse(args) != nil {
		return settings, asked // singlechecker says what is wrong
	}
	if text, err := os.ReadFile(cfg); err != nil || json.Unmarshal(text, &asked) != nil {
		return settings, asked // and here, too
	}
	var err error
	if len(settings.Catalogues) > 0 {
		err = fmt.Errorf("-catalogue %s: go vet would not see the file change: name it in .errswallow.yaml, or write its lines into a package, after //errswallow:catalogue", settings.Catalogues[0])
	} else if settings, err = asked.settings(settings, namedFlags(flags)); err == nil && !reflect.ValueOf(settings).IsZero() { // the defaults are good
		err = settings.Validate()
	}
	if err == nil {
		err = asked.outdated()
	}
	switch {
	case err == nil && asked.failed():
		os.Exit(failed)
	case err == nil:
	case asked.VetxOnly:
		os.Exit(clean)
	default:
		fail(failed, err)
	}
	return settings, asked
}

// standard reports whether the package is of the standard library. The go command says where
// that is.
func (c *vetConfig) standard() bool {
	src := filepath.Join(os.Getenv("GOROOT"), "src")
	return c.ModulePath == "" && filepath.IsAbs(src) && strings.HasPrefix(c.Dir, src+string(filepath.Separator))
}

// settings adds to the settings of the command line those of the package's module. What
// is fetched is not analysed.
func (c *vetConfig) settings(given analyzer.Settings, flags map[string]bool) (analyzer.Settings, error) {
	if c.ModulePath == "" || c.ModuleVersion != "" || c.Dir == "" {
		return given, nil
	}
	file, err := config.For(c.Dir)
	if err != nil {
		return given, err
	}
	return file.Under(given, func(flag string) bool { return flags[flag] }), nil
}

// outdated returns an error if a package is written for a newer Go than the command was
// built with, or if it imports a package of the standard library that is.
func (c *vetConfig) outdated() error {
	if load.Newer(c.GoVersion) {
		return errors.New(load.Outdated(load.Asks(c.ImportPath, c.GoVersion)))
	}
	for path := range c.Standard {
		if path != "unsafe" && c.PackageVetx[path] == "" {
			return errors.New(load.Outdated("the go command is of a newer Go"))
		}
	}
	return nil
}
