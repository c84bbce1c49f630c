package config

import (
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/mod/modfile"
)

// Around returns the files that can hold for what a go command looks at that runs in a
// folder: those of the module around the folder, of the modules of its workspace, and of
// the folders that replace modules, without those that there are none of. A file that is
// found from several is there once. What flags of the go command say is not known
// (-modfile). Its error names the file and the line.
func Around(dir string) ([]*File, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	var files []*File
	for _, module := range modules(dir) {
		file, err := For(module)
		if err != nil {
			return nil, err
		}
		if file != nil && !slices.ContainsFunc(files, func(other *File) bool { return other.Path == file.Path }) {
			files = append(files, file)
		}
	}
	return files, nil
}

// modules returns the folders of the modules that a go command in a folder reads: what
// go.mod and go.work say. What is wrong with them is for the go command to say.
func modules(dir string) []string {
	all := []string{dir}
	replaced := func(in string, replaces []*modfile.Replace) {
		for _, r := range replaces {
			if r.New.Version == "" {
				all = append(all, resolve(in, r.New.Path))
			}
		}
	}
	work := os.Getenv("GOWORK")
	if at := above(dir, "go.work"); work == "" && at != "" {
		work = filepath.Join(at, "go.work")
	}
	main := []string{}
	if module := above(dir, "go.mod"); module != "" {
		main = append(main, module)
	}
	if text, err := os.ReadFile(work); work != "" && work != "off" && err == nil {
		if file, err := modfile.ParseWork(work, text, nil); err == nil {
			for _, use := range file.Use {
				main = append(main, resolve(filepath.Dir(work), use.Path))
			}
			replaced(filepath.Dir(work), file.Replace)
		}
	}
	for _, module := range main {
		name := filepath.Join(module, "go.mod")
		if text, err := os.ReadFile(name); err == nil {
			if file, err := modfile.Parse(name, text, nil); err == nil {
				replaced(module, file.Replace)
			}
		}
	}
	return append(all, main...)
}

func resolve(dir, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(dir, name)
}
