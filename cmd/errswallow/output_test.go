package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/errswallow/errswallow/internal/clitest"
	"github.com/errswallow/errswallow/internal/sarif"
)

// severities is a module with a finding of each severity.
var severities = map[string]string{
	"go.mod": "module example.com/m\n\ngo 1.26.0\n",
	"m.go": `package m

import "os/exec"

func inspect(id string) error { return exec.Command("docker", "inspect", id).Run() }

func Remove(id string) {
	if inspect(id) != nil {
		exec.Command("docker", "rm", id).Run()
	}
}

func Exists(id string) bool { return inspect(id) == nil }

// Perhaps leaves a check out, and has ünicode before it.
func Perhaps() error {
	out, err := exec.Command("docker", "ps").Output()
	if ü := "ü"; ü != "" && err != nil { return nil }
	if string(out) == "a" { return exec.ErrDot }
	return nil
}
`,
}

// TestJSON holds what -json prints to what docs/output.md shows.
func TestJSON(t *testing.T) {
	t.Parallel()
	_, text, ok := strings.Cut(clitest.Read(t, "../../docs/output.md"), "```json\n")
	if !ok {
		t.Fatal("docs/output.md shows no JSON")
	}
	text, _, _ = strings.Cut(text, "```")
	dir := clitest.Copy(t, incident)
	stdout, _, status := run(t, dir, command, "-json", "./...")
	type tree map[string]map[string][]map[string]any
	var got, want tree
	for text, into := range map[string]*tree{text: &want, strings.ReplaceAll(stdout, dir, "/src"): &got} {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			t.Fatalf("%v:\n%s", err, text)
		}
	}
	for _, p := range got {
		for _, f := range p["errswallow"] {
			if fixes, _ := f["suggested_fixes"].([]any); len(fixes) != 2 {
				t.Errorf("%d fixes", len(fixes))
			}
			delete(f, "suggested_fixes")
		}
	}
	if status != 3 || !reflect.DeepEqual(got, want) {
		t.Errorf("status %d:\n%s\nwant\n%s", status, stdout, text)
	}
}

// TestExplain holds what explain prints to what docs/output.md shows, and looks at what it
// says of lines without a finding.
func TestExplain(t *testing.T) {
	t.Parallel()
	_, text, _ := strings.Cut(clitest.Read(t, "../../docs/output.md"), "errswallow explain provisioner.go:26\n```\n\n```text\n")
	text, _, _ = strings.Cut(text, "```")
	testdata := "../../analyzer/testdata"
	for _, test := range []struct {
		dir    string
		args   []string
		status int
		want   string
	}{
		{incident, []string{"provisioner.go:26"}, 0, text},
		{".", []string{"-C", incident, "provisioner.go:24:3:"}, 0, text},
		{incident, []string{"provisioner.go:35"}, 0, "misled (1)\n  provisioner.go:33  (*incident.Provisioner).maybeMarkContainerDead\n"},
		{incident, []string{"provisioner.go:3"}, 0, "provisioner.go:3: nothing here asks for the state of anything"},
		{testdata, []string{"rule/overbroad/fires/fires.go:16"}, 0, "answers true, as for absence\n"},
		{testdata, []string{"ignore/silent/silent.go:12"}, 0, "\nIt is accepted: shown in a status line only\n"},
		{incident, []string{"provisioner.go"}, 2, `errswallow: explain: "provisioner.go" is not FILE:LINE`},
		{incident, nil, 2, "errswallow: explain: want one FILE:LINE, have 0 arguments"},
		{incident, []string{"-json", "provisioner.go:3"}, 2, "errswallow: flag provided but not defined: -json (errswallow explain -help lists the flags)"},
		{incident, []string{"nowhere.go:3"}, 1, "errswallow: explain: stat "},
		{incident, []string{"-rules=colapse", "provisioner.go:3"}, 1, `errswallow: -rules: unknown rule "colapse"`},
		{incident, []string{"-help"}, 0, "errswallow explain [flags] FILE:LINE\n"},
	} {
		stdout, stderr, status := run(t, test.dir, command, append([]string{"explain"}, test.args...)...)
		if status != test.status || test.want == "" || !strings.Contains(stdout+stderr, test.want) {
			t.Errorf("%v: status %d:\n%s%s", test.args, status, stdout, stderr)
		}
	}
	dir := written(t, severities)
	if stdout, stderr, _ := run(t, dir, command, "explain", "m.go:18"); !strings.Contains(stdout, "(evidence: possible, not reported by default)") {
		t.Errorf("what is not reported by default:\n%s%s", stdout, stderr)
	}
}

// written writes files into a folder.
func written(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		clitest.Write(t, filepath.Join(dir, name), text)
	}
	return dir
}

// TestSeverity looks for a finding of each severity in every form.
func TestSeverity(t *testing.T) {
	t.Parallel()
	dir := written(t, severities)
	for _, test := range []struct {
		args []string
		want []string
	}{
		{nil, []string{"^ error\n", "^ warning\n", "^ note\n", "3 findings in 1 package (1 error, 1 warning, 1 note)\n"}},
		{[]string{"-json"}, []string{`"severity": "error"`, `"severity": "warning"`, `"severity": "note"`}},
		{[]string{"-format=github"}, []string{"::error file=m.go,line=9,", "::warning file=m.go,line=13,", "::notice file=m.go,line=18,"}},
		{[]string{"-format=gitlab"}, []string{`"severity": "critical"`, `"severity": "major"`, `"severity": "info"`}},
		{[]string{"-sarif=-"}, []string{`"level": "error",` + "\n" + `          "rank": 98`, `"level": "warning",` + "\n" + `          "rank": 76`, `"level": "note",` + "\n" + `          "rank": 26`}},
	} {
		stdout, stderr, status := run(t, dir, command, append(test.args, "-evidence=possible")...)
		for _, want := range test.want {
			if status != 3 || strings.Count(stdout, want) != 1 {
				t.Errorf("%v: status %d, want once %q:\n%s%s", test.args, status, want, stdout, stderr)
			}
		}
	}
}

// TestJobs runs the command in a job of GitHub's and of GitLab's: files are named from the
// checkout, and the summary of the job has every finding.
func TestJobs(t *testing.T) {
	t.Parallel()
	dir := written(t, severities)
	summary := filepath.Join(t.TempDir(), "summary")
	clitest.Write(t, summary, "before\n")
	env := []string{"GITHUB_WORKSPACE=" + filepath.Dir(dir), "GITHUB_STEP_SUMMARY=" + summary}
	file := filepath.Base(dir) + "/m.go"
	stdout, stderr, _ := clitest.Run(t, dir, env, command, "-format=github")
	text := clitest.Read(t, summary)
	if !strings.Contains(stdout, "::error file="+file+",line=9,") || !strings.HasPrefix(text, "before\n### errswallow\n\n2 findings in 1 package (1 error, 1 warning).\n") ||
		!strings.Contains(text, "| error | "+file+":9 | Remove: calls ") || !strings.Contains(text, "/docs/rules/destroy.md) |\n") {
		t.Errorf("%s%s\n%s", stdout, stderr, text)
	}
	if _, stderr, status := clitest.Run(t, dir, append(env, "GITHUB_STEP_SUMMARY="+t.TempDir()), command, "-format=github"); status != 1 || !strings.HasPrefix(stderr, "errswallow: GITHUB_STEP_SUMMARY: open ") {
		t.Errorf("a summary that cannot be written: status %d: %s", status, stderr)
	}
	stdout, stderr, _ = clitest.Run(t, dir, []string{"CI_PROJECT_DIR=" + filepath.Dir(dir)}, command, "-format=gitlab")
	var issues []struct {
		Description, Fingerprint, Severity string
		Check                              string `json:"check_name"`
		Location                           struct {
			Path  string
			Lines struct{ Begin int }
		}
	}
	if err := json.Unmarshal([]byte(stdout), &issues); err != nil || len(issues) != 2 {
		t.Fatalf("%v:\n%s%s", err, stdout, stderr)
	}
	if i := issues[0]; i.Check != "errswallow/destroy" || i.Location.Path != file || i.Location.Lines.Begin != 9 || len(i.Fingerprint) != 32 || !strings.HasPrefix(i.Description, "Remove: ") || i.Fingerprint == issues[1].Fingerprint {
		t.Errorf("%+v", issues)
	}
	if stdout, _, _ := run(t, "../../docs", command, "-format=gitlab"); stdout != "[]\n" {
		t.Errorf("nothing found: %q", stdout)
	}
}

// sarifSchema is that of SARIF 2.1.0.
var sarifSchema = sync.OnceValues(func() (*jsonschema.Schema, error) {
	file, err := os.Open("../../internal/sarif/testdata/sarif-schema-2.1.0.json")
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := jsonschema.UnmarshalJSON(file)
	if err != nil {
		return nil, err
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(sarif.Schema, text); err != nil {
		return nil, err
	}
	return compiler.Compile(sarif.Schema)
})

// readSARIF reads a file of one run, and holds it to the schema.
func readSARIF(t *testing.T, text string) sarif.Run {
	t.Helper()
	schema, err := sarifSchema()
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(value); err != nil {
		t.Error(err)
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	var log sarif.Log
	if err := d.Decode(&log); err != nil || len(log.Runs) != 1 {
		t.Fatalf("%d runs, %v", len(log.Runs), err)
	}
	return log.Runs[0]
}

// TestSARIF holds the file to the schema, and looks at what code scanning shows.
func TestSARIF(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "errswallow.sarif")
	read := func(dir string, status int, args ...string) sarif.Run {
		t.Helper()
		if _, stderr, got := run(t, dir, command, append(args, "-sarif", name, "./...")...); got != status {
			t.Fatalf("status %d:\n%s", got, stderr)
		}
		return readSARIF(t, clitest.Read(t, name))
	}
	if schema, err := sarifSchema(); err != nil || schema.Validate(map[string]any{"version": "2.1.0"}) == nil {
		t.Error("the schema allows a file without runs", err)
	}
	found := read("../../docs", 0)
	if len(found.Results) != 0 || len(found.Tool.Driver.Rules) != 5 {
		t.Errorf("%d results and %d rules, want none and 5", len(found.Results), len(found.Tool.Driver.Rules))
	}
	for _, rule := range found.Tool.Driver.Rules {
		if len(rule.Properties.Tags) == 0 || rule.FullDescription.Text == "" || strings.Contains(rule.FullDescription.Text, "](") || !strings.HasPrefix(rule.Help.Markdown, "# "+rule.ID) {
			t.Errorf("%s: %+v", rule.ID, rule)
		}
		for _, link := range regexp.MustCompile(`\]\(([^)]*)\)`).FindAllStringSubmatch(rule.Help.Markdown, -1) {
			if !strings.HasPrefix(link[1], "https://") || strings.Contains(link[1], "..") {
				t.Errorf("%s: a link to %s leads nowhere", rule.ID, link[1])
			}
		}
	}
	found = read(incident, 3)
	if len(found.Results) != 1 {
		t.Fatalf("%d results", len(found.Results))
	}
	result := found.Results[0]
	if where := result.Locations[0].Physical; where.Artifact.URI != "provisioner.go" || where.Region.StartLine != 26 || where.Region.StartColumn != 3 {
		t.Errorf("at %+v", where)
	}
	if len(result.RelatedLocations) != 2 || len(result.PartialFingerprints) != 1 || len(result.Fixes) != 2 || result.Level != "error" || found.Tool.Driver.Rules[result.RuleIndex].ID != "collapse" {
		t.Errorf("%+v", result)
	}
	var flow []string
	for _, step := range result.CodeFlows[0].ThreadFlows[0].Locations {
		source := strings.Split(clitest.Read(t, filepath.Join(incident, step.Location.Physical.Artifact.URI)), "\n")
		region := step.Location.Physical.Region
		flow = append(flow, step.Location.Message.Text+" at "+source[region.StartLine-1][region.StartColumn-1:])
	}
	if want := []string{
		"supposed: ContainerInspect times out at (ctx, id)",
		"err != nil is true then at err != nil {",
		"IsRunning answers (false, nil) at return false, nil // not found: not running",
		"maybeMarkContainerDead, which asks IsRunning at line 34, calls ContainerRestart on this answer at (ctx, id, container.StopOptions{})",
	}; !reflect.DeepEqual(flow, want) {
		t.Errorf("the flow is\n%s", strings.Join(flow, "\n"))
	}
	before := result.PartialFingerprints
	moved := clitest.Copy(t, incident)
	text := clitest.Read(t, filepath.Join(moved, "provisioner.go"))
	clitest.Write(t, filepath.Join(moved, "provisioner.go"), "// A line more.\n\n"+text)
	if after := read(moved, 3).Results[0].PartialFingerprints; !reflect.DeepEqual(after, before) {
		t.Errorf("fingerprint %v, and %v when lines have moved", before, after)
	}
	// Columns are characters.
	for _, r := range read(written(t, severities), 3, "-evidence=possible").Results {
		if region := r.Locations[0].Physical.Region; r.Level == "note" && (region.StartLine != 18 || region.StartColumn != 39) {
			t.Errorf("%+v", region)
		}
	}
	// What is not analysed is said, and where.
	broken := read(written(t, map[string]string{"go.mod": "module m\n\ngo 1.26.0\n", "m.go": "package m\n\nimport _ \"os/exec\"\n\nfunc f() int { return \"\" }\n"}), 1)
	if said := broken.Invocations[0].Notifications; len(said) != 2 || said[0].Locations[0].Physical.Region.StartLine != 5 {
		t.Errorf("%+v", broken.Invocations)
	}
}
