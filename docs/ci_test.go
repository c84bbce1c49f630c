package docs_test

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/errswallow/errswallow/analyzer"
	"github.com/errswallow/errswallow/internal/clitest"
)

// command is the built errswallow.
var command string

func TestMain(m *testing.M) {
	if os.Getenv("ERRSWALLOW_REMOTE") != "" {
		serveCache()
		return
	}
	clitest.Main(m, []*string{&command}, "../cmd/errswallow")
}

const incident = "../examples/incident"

// shell runs a script as CI systems do, and returns what it prints and its exit
// status. Lines that install errswallow need a release; it is on the path.
func shell(t *testing.T, dir, script string, env ...string) (string, int) {
	t.Helper()
	var lines []string
	for line := range strings.Lines(script) {
		if !strings.HasPrefix(line, "go install github.com/errswallow/") {
			lines = append(lines, line)
		}
	}
	env = append(env, "PATH="+filepath.Dir(command)+string(os.PathListSeparator)+os.Getenv("PATH"))
	stdout, stderr, status := clitest.Run(t, dir, env, "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", strings.Join(lines, ""))
	return stdout + stderr, status
}

// read reads a file of the project.
func read(t *testing.T, name string) string {
	t.Helper()
	return clitest.Read(t, filepath.Join("..", name))
}

func parse(t *testing.T, text string, into any) {
	t.Helper()
	if err := yaml.Unmarshal([]byte(text), into); err != nil {
		t.Fatalf("%v:\n%s", err, text)
	}
}

// fence returns the block of docs/ci.md that contains a text.
func fence(t *testing.T, containing string) string {
	t.Helper()
	for i, block := range strings.Split(read(t, "docs/ci.md"), "```") {
		if i%2 == 1 && strings.Contains(block, containing) {
			_, code, _ := strings.Cut(block, "\n")
			return code
		}
	}
	t.Fatalf("docs/ci.md has no block with %q", containing)
	return ""
}

// An action is what the tests need of action.yml.
type action struct {
	Inputs map[string]struct{ Default string }
	Runs   struct {
		Steps []struct {
			ID, Name, If, Shell, Uses, Run string
			Dir                            string `yaml:"working-directory"`
			Env, With                      map[string]string
		}
	}
}

// released returns a folder with what releases have, as GitHub shows it: v1.2.3 has the
// command, and v6.6.6 one that is another than its checksum says.
func released(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, version := range []string{"1.2.3", "6.6.6"} {
		release := filepath.Join(dir, "v"+version)
		file := "errswallow_" + version + "_linux_amd64.tar.gz"
		clitest.Write(t, filepath.Join(release, "checksums.txt"), "")
		if out, err := exec.Command("tar", "-czf", filepath.Join(release, file), "-C", filepath.Dir(command), filepath.Base(command)).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		sum := sha256.Sum256([]byte(clitest.Read(t, filepath.Join(release, file))))
		if version == "6.6.6" {
			sum[0]++
		}
		clitest.Write(t, filepath.Join(release, "checksums.txt"), fmt.Sprintf("%x  %s\n", sum, file))
	}
	return dir
}

// TestAction runs the steps of action.yml as GitHub's runner does.
func TestAction(t *testing.T) {
	clitest.Slow(t, "runs the steps of the Action, installation included")
	t.Parallel()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	releases := released(t)
	var act action
	parse(t, read(t, "action.yml"), &act)
	for _, test := range []struct {
		name         string
		inputs       map[string]string
		status       int
		prints, uses string
	}{
		{"a release", map[string]string{"working-directory": "module", "ref": "v1.2.3"}, 3, "::error file=module/provisioner.go,line=26", ""},
		{"a release that is not there", map[string]string{"working-directory": "module", "ref": "v9.9.9"}, 3, "errswallow has no binary errswallow_9.9.9_linux_amd64.tar.gz: it is built\n", ""},
		{"a release that is another", map[string]string{"working-directory": "module", "ref": "v6.6.6"}, 1, "FAILED", ""},
		{"findings", map[string]string{"working-directory": "module"}, 3, "::error file=module/provisioner.go,line=26", ""},
		{"uploaded", map[string]string{"working-directory": "module", "upload": "true", "ref": "v1.2.3"}, 3, "::error file=", "github/codeql-action/upload-sarif@v4"},
		{"other rules", map[string]string{"working-directory": "module", "flags": "-rules empty,discard", "ref": "v1.2.3"}, 0, "", ""},
		{"wrong flag", map[string]string{"working-directory": "module", "flags": "-colour", "ref": "v1.2.3"}, 2, "flag provided but not defined: -colour", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			workspace, temp := t.TempDir(), t.TempDir()
			if err := os.CopyFS(filepath.Join(workspace, "module"), os.DirFS(incident)); err != nil {
				t.Fatal(err)
			}
			values := map[string]string{"github.action_path": root, "github.action_ref": cmp.Or(test.inputs["ref"], "main")}
			for name, input := range act.Inputs {
				values["inputs."+name] = input.Default
			}
			for name, value := range test.inputs {
				values["inputs."+name] = value
			}
			expression := regexp.MustCompile(`\$\{\{ (\S+) \}\}`)
			eval := func(s string) string {
				return expression.ReplaceAllStringFunc(s, func(e string) string {
					value, ok := values[expression.FindStringSubmatch(e)[1]]
					if !ok {
						t.Errorf("%s means nothing", e)
					}
					return value
				})
			}
			var printed, used string
			status := 0
			for _, step := range act.Runs.Steps {
				if step.If != "" && step.If != fmt.Sprintf("${{ inputs.upload == '%s' }}", values["inputs.upload"]) {
					continue
				}
				if step.Uses != "" {
					used = step.Uses
					if _, err := os.Stat(eval(step.With["sarif_file"])); err != nil {
						t.Error(err)
					}
					continue
				}
				output := filepath.Join(temp, "output")
				env := []string{"RUNNER_TEMP=" + temp, "RUNNER_OS=Linux", "RUNNER_ARCH=X64", "GITHUB_WORKSPACE=" + workspace, "GITHUB_OUTPUT=" + output}
				for name, value := range step.Env {
					env = append(env, name+"="+eval(value))
				}
				env = append(env, "RELEASES=file://"+releases)
				var out string
				out, status = shell(t, filepath.Join(workspace, eval(step.Dir)), step.Run, env...)
				printed += out
				if status != 0 {
					break
				}
				text, _ := os.ReadFile(output)
				for line := range strings.Lines(string(text)) {
					name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
					values["steps."+step.ID+".outputs."+name] = value
				}
			}
			if status != test.status || !strings.Contains(printed, test.prints) || used != test.uses {
				t.Errorf("status %d, want %d; uses %q:\n%s", status, test.status, used, printed)
			}
		})
	}
	// The workflow that docs/ci.md shows has only inputs that there are.
	var workflow struct {
		Jobs map[string]struct {
			Steps []struct {
				Uses string
				With map[string]string
			}
		}
	}
	parse(t, fence(t, "uses: errswallow/errswallow"), &workflow)
	for _, step := range workflow.Jobs["errswallow"].Steps {
		for name := range step.With {
			if _, ok := act.Inputs[name]; !ok && strings.HasPrefix(step.Uses, "errswallow/") {
				t.Errorf("the action has no input %s", name)
			}
		}
	}
}

// TestRecipes runs what the other CI systems run.
func TestRecipes(t *testing.T) {
	t.Parallel()
	var gitlab map[string]struct{ Script []string }
	parse(t, fence(t, ".gitlab-ci.yml"), &gitlab)
	var jenkins []string
	for _, m := range regexp.MustCompile(`(?m)^\s*sh '(.*)'$`).FindAllStringSubmatch(fence(t, "Jenkinsfile"), -1) {
		jenkins = append(jenkins, m[1])
	}
	var hooks []struct {
		ID, Entry string
		Args      []string
	}
	parse(t, read(t, ".pre-commit-hooks.yaml"), &hooks)
	for name, script := range map[string][]string{
		"GitLab":     gitlab["errswallow"].Script,
		"Jenkins":    jenkins,
		"pre-commit": {hooks[0].Entry + " " + strings.Join(hooks[0].Args, " ")},
	} {
		out, status := shell(t, clitest.Copy(t, incident), strings.Join(script, "\n"))
		if status != 3 || !strings.Contains(out, "provisioner.go:26:3: IsRunning") {
			t.Errorf("%s: status %d:\n%s", name, status, out)
		}
	}
}

// TestReviewdog hands what the command prints to a program that stands in for reviewdog.
func TestReviewdog(t *testing.T) {
	t.Parallel()
	dir := clitest.Copy(t, incident)
	name := filepath.Join(dir, "reviewdog")
	clitest.Write(t, name, "#!/bin/sh\necho \"$@\"\nexec cat\n")
	if err := os.Chmod(name, 0o755); err != nil {
		t.Fatal(err)
	}
	out, status := shell(t, dir, strings.Replace(fence(t, "| reviewdog"), "| reviewdog", "| ./reviewdog", 1))
	if args, text, _ := strings.Cut(out, "\n"); status != 3 || args != "-f=sarif -name=errswallow -reporter=github-pr-review" || !json.Valid([]byte(text)) || !strings.Contains(text, `"version": "2.1.0"`) {
		t.Errorf("status %d:\n%s", status, out)
	}
}

// TestPreMerge adds a collapse to code that has one: the recipe reports the new one
// only.
func TestPreMerge(t *testing.T) {
	t.Parallel()
	dir := clitest.Copy(t, incident)
	source := filepath.Join(dir, "provisioner.go")
	text := clitest.Read(t, source)
	git := "git -c user.name=a -c user.email=a@example.com "
	must := func(script string) {
		t.Helper()
		if out, status := shell(t, dir, script); status != 0 {
			t.Fatalf("%s: status %d:\n%s", script, status, out)
		}
	}
	must("git init --quiet --initial-branch=main\ngit add .\n" + git + "commit --quiet -m old\ngit switch --quiet -c branch")
	recipe := fence(t, "-new-from")
	if out, status := shell(t, dir, recipe, "TARGET=main"); status != 0 {
		t.Errorf("nothing is new: status %d:\n%s", status, out)
	}
	added := text + `
// Exists reports whether there is a container.
func (p *Provisioner) Exists(ctx context.Context, id string) bool {
	_, err := p.cli.ContainerInspect(ctx, id)
	return err == nil
}
`
	clitest.Write(t, source, "// A line more.\n\n"+added)
	must(git + "commit --quiet -am new")
	out, status := shell(t, dir, recipe, "TARGET=main")
	if status != 3 || !strings.Contains(out, "Exists: answers false") || strings.Contains(out, "IsRunning: answers") || !strings.HasSuffix(out, "1 finding in 1 package (1 warning)\n") {
		t.Errorf("one is new: status %d:\n%s", status, out)
	}
	t.Log(out)
}

// TestBazel holds the configuration that docs/bazel.md shows to the analyzer's name
// and flags.
func TestBazel(t *testing.T) {
	t.Parallel()
	_, text, _ := strings.Cut(read(t, "docs/bazel.md"), "```json\n")
	text, _, _ = strings.Cut(text, "```")
	var config map[string]struct {
		Flags map[string]string `json:"analyzer_flags"`
	}
	if err := json.Unmarshal([]byte(text), &config); err != nil {
		t.Fatal(err)
	}
	a := analyzer.New(analyzer.Settings{})
	flags := config[a.Name].Flags
	if len(config) != 1 || len(flags) == 0 {
		t.Errorf("not a configuration of %s: %v", a.Name, config)
	}
	for name, value := range flags {
		if err := a.Flags.Set(name, value); err != nil {
			t.Errorf("-%s %s: %v", name, value, err)
		}
	}
}
