// Package config finds and reads the settings that a repository keeps for itself, in
// a file named [Name].
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/errswallow/errswallow/analyzer"
)

// Name is what the file is called.
const Name = ".errswallow.yaml"

// A File is what one says.
type File struct {
	// Path is where it stands, absolute, and Text what is in it.
	Path string
	Text []byte
	// Settings are what it sets. Names of files are absolute in it.
	Settings analyzer.Settings
	// Shared: it stands above the module, which may be one of several that have it.
	Shared bool

	lines map[value]int
}

// A value is one value of a key.
type value struct{ key, text string }

// For returns the file that holds for the module that a folder is in, or nil if there
// is none: that of the module's own folder, or the first above it, up to the one that
// has .git in it. Its error names the file and the line.
func For(dir string) (*File, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	module := above(dir, "go.mod")
	if module == "" {
		module = dir
	}
	for at := module; ; at = filepath.Dir(at) {
		if other := filepath.Join(at, ".errswallow.yml"); exists(other) {
			return nil, fmt.Errorf("%s: the file is to be called %s", shown(other), Name)
		}
		file, err := Read(filepath.Join(at, Name))
		switch {
		case err == nil:
			file.Shared = at != module
			return file, nil
		case !errors.Is(err, fs.ErrNotExist):
			return nil, err
		case exists(filepath.Join(at, ".git")) || at == filepath.Dir(at):
			return nil, nil
		}
	}
}

// above returns the first folder, from dir upwards, that has a file of a name in it, or
// "".
func above(dir, name string) string {
	for !exists(filepath.Join(dir, name)) {
		if dir == filepath.Dir(dir) {
			return ""
		}
		dir = filepath.Dir(dir)
	}
	return dir
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return !errors.Is(err, fs.ErrNotExist) // what cannot be seen is found out when it is read
}

// Read reads a file. Its error names the file and, where the text is wrong, the line;
// it is fs.ErrNotExist where there is none.
func Read(name string) (*File, error) {
	name, err := filepath.Abs(name)
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	f := &File{Path: name, Text: text, lines: map[value]int{}}
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		return nil, f.syntax(err)
	}
	if len(document.Content) == 0 {
		return f, nil // nothing but comments
	}
	if err := f.read(document.Content[0]); err != nil {
		return nil, err
	}
	for i, catalogue := range f.Settings.Catalogues {
		if !filepath.IsAbs(catalogue) {
			f.Settings.Catalogues[i] = filepath.Join(filepath.Dir(name), catalogue)
			f.lines[value{"catalogue", f.Settings.Catalogues[i]}] = f.lines[value{"catalogue", catalogue}]
		}
	}
	return f, nil
}

// line matches where the library has found an error.
var line = regexp.MustCompile(`^yaml: (?:unmarshal errors:\s+)?(?:line (\d+): )?`)

// syntax is an error of the library, with the file's name and the line.
func (f *File) syntax(err error) error {
	text := strings.Join(strings.Fields(err.Error()), " ")
	m := line.FindStringSubmatch(text)
	if m == nil || m[1] == "" {
		return fmt.Errorf("%s: %s", shown(f.Path), strings.TrimPrefix(text, "yaml: "))
	}
	return fmt.Errorf("%s:%s: %s", shown(f.Path), m[1], text[len(m[0]):])
}

// wrong is an error about a place of the file.
func (f *File) wrong(n *yaml.Node, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", shown(f.Path), n.Line, fmt.Sprintf(format, args...))
}

// read reads the keys and their values.
func (f *File) read(root *yaml.Node) error {
	if root.Tag == "!!null" {
		return nil
	}
	if root.Kind != yaml.MappingNode {
		return f.wrong(root, "want keys and values: have one of %s", strings.Join(Keys(), ", "))
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(root.Content); i += 2 {
		key := root.Content[i]
		field, ok := fields()[key.Value]
		switch {
		case !ok:
			return f.wrong(key, "unknown key %q: have %s", key.Value, strings.Join(Keys(), ", "))
		case seen[key.Value]:
			return f.wrong(key, "%s is there twice", key.Value)
		}
		seen[key.Value] = true
		if err := f.set(reflect.ValueOf(&f.Settings).Elem().FieldByIndex(field), key, resolved(root.Content[i+1])); err != nil {
			return err
		}
	}
	return nil
}

// set gives a field of the settings the value of a key.
func (f *File) set(to reflect.Value, key, from *yaml.Node) error {
	if from.Tag == "!!null" {
		return nil
	}
	note := func(n *yaml.Node) { f.lines[value{key.Value, n.Value}] = n.Line }
	switch to.Kind() {
	case reflect.Bool:
		if from.Tag != "!!bool" {
			return f.wrong(from, "%s: want true or false", key.Value)
		}
		note(from)
		return from.Decode(to.Addr().Interface())
	case reflect.String:
		if from.Kind != yaml.ScalarNode {
			return f.wrong(from, "%s: want one word", key.Value)
		}
		note(from)
		to.SetString(from.Value)
		return nil
	}
	if from.Kind != yaml.SequenceNode {
		return f.wrong(from, "%s: want a list, a line each after \"- \"", key.Value)
	}
	for _, item := range from.Content {
		item = resolved(item)
		if item.Kind != yaml.ScalarNode || strings.TrimSpace(item.Value) == "" {
			return f.wrong(item, "%s: want a list of names", key.Value)
		}
		note(item)
		to.Set(reflect.Append(to, reflect.ValueOf(item.Value)))
	}
	return nil
}

// resolved returns what a node stands for.
func resolved(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

// Keys are those that a file may have: the names of the flags that are settings, and the
// keys of golangci-lint.
func Keys() (keys []string) {
	for _, f := range reflect.VisibleFields(reflect.TypeFor[analyzer.Settings]()) {
		if name := f.Tag.Get("json"); name != "-" {
			keys = append(keys, name)
		}
	}
	return keys
}

// fields are the fields of the settings by their keys.
func fields() map[string][]int {
	out := map[string][]int{}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[analyzer.Settings]()) {
		if name := f.Tag.Get("json"); name != "-" {
			out[name] = f.Index
		}
	}
	return out
}

// Where says where a value of a key stands, or "" if it does not.
func (f *File) Where(key, text string) string {
	if f == nil || f.lines[value{key, text}] == 0 {
		return ""
	}
	return shown(f.Path) + ":" + strconv.Itoa(f.lines[value{key, text}])
}

// Under returns the settings that hold when these are given on a command line, by the
// flags that given is true of. What is known beside the libraries is what both say;
// what is chosen among them is what the command line says, if it says anything.
func (f *File) Under(settings analyzer.Settings, given func(flag string) bool) analyzer.Settings {
	if f == nil {
		return settings
	}
	both := func(a, b []string) []string { return slices.Concat(a, b) }
	settings.Catalogues = both(f.Settings.Catalogues, settings.Catalogues)
	settings.Query = both(f.Settings.Query, settings.Query)
	settings.NotFound = both(f.Settings.NotFound, settings.NotFound)
	settings.Destructive = both(f.Settings.Destructive, settings.Destructive)
	if !given("rules") {
		settings.Rules = f.Settings.Rules
	}
	if !given("libraries") {
		settings.Libraries = f.Settings.Libraries
	}
	if !given("evidence") {
		settings.Evidence = f.Settings.Evidence
	}
	if !given("verbose") {
		settings.Verbose = f.Settings.Verbose
	}
	commandLine := func(key, text string) bool {
		switch key {
		case "rules", "libraries", "evidence", "verbose":
			return given(key)
		}
		return false // of two that say the same the file is named
	}
	settings.Origin = func(key, text string) string {
		if where := f.Where(key, text); where != "" && !commandLine(key, text) {
			return where + ": " + key
		}
		return "-" + key
	}
	return settings
}

// shown is a file's name as it is seen from here.
func shown(name string) string {
	dir, err := os.Getwd()
	if err != nil {
		return name
	}
	if rel, err := filepath.Rel(dir, name); err == nil {
		return filepath.ToSlash(rel)
	}
	return name
}
