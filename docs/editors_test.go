package docs_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/errswallow/errswallow/internal/clitest"
)

// A problem is what an editor shows of a line.
type problem struct{ file, line, column, text string }

// TestEditors reads what the command prints as the editors of docs/editors.md do: one
// problem, where the finding is, and none of the lines that belong to it.
func TestEditors(t *testing.T) {
	t.Parallel()
	page := read(t, "docs/editors.md")
	dir := clitest.Copy(t, incident)
	// A line of the source that looks like a place must not become one.
	source := filepath.Join(dir, "provisioner.go")
	clitest.Write(t, source, strings.Replace(clitest.Read(t, source), "return false, nil //", "return false, nil // localhost:80:80: ", 1))
	stdout, stderr, status := clitest.Run(t, dir, nil, command, "-c=2", "./...")
	if status != 3 || stderr != "" {
		t.Fatalf("status %d, and on standard error:\n%s", status, stderr)
	}
	for name, problems := range map[string]func(string) []problem{
		"VS Code": vsCode, "Vim": errorFormat(t, page), "GoLand": outputFilter(t, page),
	} {
		got := problems(stdout)
		if len(got) != 1 || got[0].file != "provisioner.go" || got[0].line != "26" || got[0].column != "3" || !strings.HasPrefix(got[0].text, "IsRunning: answers (false, nil)") {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := vsCode(stdout)[0].text; !strings.Contains(got, "\n\tprovisioner.go:34:29: maybeMarkContainerDead calls ContainerRestart") {
		t.Errorf("VS Code does not show what belongs to it: %q", got)
	}
	_, settings, _ := strings.Cut(page, "```json\n")
	settings, _, _ = strings.Cut(settings, "```")
	var code map[string]any
	if err := json.Unmarshal([]byte(settings), &code); err != nil || fmt.Sprint(code["go.alternateTools"]) != "map[staticcheck:errswallow]" {
		t.Errorf("%v: %v", err, code)
	}
}

// vsCode reads lines as the Go extension does.
// Reference: runTool in extension/src/util.ts of github.com/golang/vscode-go
func vsCode(out string) (problems []problem) {
	place := regexp.MustCompile(`^([^:]*: )?((.:)?[^:]*):(\d+)(:(\d+)?)?:?(?:\w+:)?\s(.*)$`)
	for _, line := range strings.Split(out, "\n") {
		if n := len(problems); strings.HasPrefix(line, "\t") && n > 0 {
			problems[n-1].text += "\n" + line
		} else if m := place.FindStringSubmatch(line); m != nil {
			problems = append(problems, problem{m[2], m[4], m[6], m[7]})
		}
	}
	return problems
}

// errorFormat returns a reader of lines by the format of Vim's that the page shows: what
// stands before its first comma, from the first character of a line on, and nothing else.
// A file's name that begins with a tab is of no file.
func errorFormat(t *testing.T, page string) func(string) []problem {
	formats := regexp.MustCompile(`(?:from_errorformat\("|errorformat=)(.*?),%-G%\.%#`).FindAllStringSubmatch(page, -1)
	if len(formats) != 2 || formats[0][1] != strings.ReplaceAll(formats[1][1], `\ `, " ") {
		t.Fatalf("the formats of the page are %q", formats)
	}
	return matching(strings.NewReplacer("%f", `(\S+?)`, "%l", `(\d+)`, "%c", `(\d+)`, "%m", `(.*)`).Replace(formats[0][1]))
}

// outputFilter returns a reader of lines by the filter of GoLand's that the page shows.
func outputFilter(t *testing.T, page string) func(string) []problem {
	m := regexp.MustCompile("Output filters \\| `(.*)` \\|").FindStringSubmatch(page)
	if m == nil {
		t.Fatal("the page shows no filter")
	}
	return matching(strings.NewReplacer("$FILE_PATH$", `([0-9 a-z_A-Z\-\\./]+)`, "$LINE$", `(\d+)`, "$COLUMN$", `(\d+)`, "$MESSAGE$", `(.*)`).Replace(m[1]))
}

// matching returns a reader of lines that an expression matches whole.
func matching(expression string) func(string) []problem {
	line := regexp.MustCompile("(?m)^" + expression + "$")
	return func(out string) (problems []problem) {
		for _, m := range line.FindAllStringSubmatch(out, -1) {
			problems = append(problems, problem{m[1], m[2], m[3], m[4]})
		}
		return problems
	}
}
