package main

import (
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errswallow/errswallow/internal/clitest"
)

// TestAudit runs audits: each format, each exit status, each mistake.
func TestAudit(t *testing.T) {
	t.Parallel()
	notAudit := filepath.Join(t.TempDir(), "old.json")
	clitest.Write(t, notAudit, `{"rules": 1}`)
	for _, test := range []struct {
		name   string
		args   []string
		status int
		want   string
	}{
		{"text", []string{"./..."}, 0, "ContainerInspect  running (true, nil)  stopped (false, nil)  absent (false, nil)  fault (false, nil)\n"},
		{"totals", []string{"./..."}, 0, "2 functions ask 1 query: 0 can be trusted under a fault (1 collapses, 1 misled); a fault leads to 1 of 1 destructive call\n"},
		{"callers", []string{"./..."}, 0, "    called by: (*incident.Provisioner).maybeMarkContainerDead\n"},
		{"destroys", []string{"./..."}, 0, "    a fault leads to: ContainerRestart at provisioner.go:41\n"},
		{"markdown", []string{"-format", "markdown", "./..."}, 0, "| (\\*incident.Provisioner).IsRunning<br>provisioner.go:23 | ContainerInspect | (true, nil) | (false, nil) | (false, nil) | (false, nil) |  | collapses: collapse |\n"},
		{"graph", []string{"-format", "markdown", "./..."}, 0, "n1 ==> n3\n"},
		{"fails", []string{"-fail-on", "destroy,collapse", "./..."}, 3, "collapses (1)"},
		{"does not fail", []string{"-fail-on", "destroy", "./..."}, 0, "collapses (1)"},
		{"usage", []string{"-help"}, 0, "fail-safe   a fault is answered with the opposite of absence, and an error\n"},
		{"unknown format", []string{"-format", "pdf"}, 2, `errswallow: -format: unknown format "pdf": have text, markdown, json, html (errswallow audit -help lists the flags)`},
		{"unknown rule", []string{"-fail-on", "colapse"}, 2, `errswallow: -fail-on: unknown rule "colapse"`},
		{"flag after a package", []string{"./...", "-format=json"}, 2, "flag -format=json comes after a package"},
		{"no such folder", []string{"-C", "nowhere"}, 2, "errswallow: -C: chdir nowhere"},
		{"no such audit", []string{"-against", "nowhere.json"}, 1, "errswallow: -against: open nowhere.json: no such file or directory"},
		{"not an audit", []string{"-against", notAudit}, 1, `old.json: not an audit: json: unknown field "rules"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			stdout, stderr, status := run(t, incident, command, append([]string{"audit"}, test.args...)...)
			if status != test.status || !strings.Contains(stdout+stderr, test.want) {
				t.Errorf("status %d, want %d and %q:\n%s%s", status, test.status, test.want, stdout, stderr)
			}
		})
	}
}

// TestAuditAgainst compares the incident's code before and after its fix.
func TestAuditAgainst(t *testing.T) {
	t.Parallel()
	dir := clitest.Copy(t, incident)
	audit := func(args ...string) string {
		t.Helper()
		stdout, stderr, status := run(t, dir, command, append([]string{"audit"}, args...)...)
		if status != 0 {
			t.Fatalf("status %d:\n%s", status, stderr)
		}
		return stdout
	}
	clitest.Write(t, filepath.Join(dir, "before.json"), audit("-format", "json", "./..."))
	if got, want := audit("-against", "before.json", "./..."), "no verdict is another\n"; got != want {
		t.Errorf("against itself: %q", got)
	}
	run(t, dir, command, "-fix", "./...")
	const name = "(*github.com/errswallow/errswallow/examples/incident.Provisioner)."
	want := "better: " + name + "IsRunning fail-safe, and was: collapses\nbetter: " + name + "maybeMarkContainerDead propagates, and was: misled\n"
	if got := audit("-against", "before.json", "./..."); got != want {
		t.Errorf("after the fix:\n%s\nwant:\n%s", got, want)
	}
	clitest.Write(t, filepath.Join(dir, "after.json"), audit("-format", "json", "./..."))
	if err := os.CopyFS(filepath.Join(dir, "again"), os.DirFS(incident)); err != nil {
		t.Fatal(err)
	}
	stdout, _, _ := run(t, filepath.Join(dir, "again"), command, "audit", "-against", "../after.json", "./...")
	if want := "worse: " + name + "IsRunning collapses, and was: fail-safe\n"; !strings.HasPrefix(stdout, want) {
		t.Errorf("before the fix, against after it:\n%s\nwant:\n%s", stdout, want)
	}
}

// TestAuditPage opens the page in a browser: it is drawn, filters by what its
// address says, and needs no network. CI has a browser; elsewhere it may be missing.
func TestAuditPage(t *testing.T) {
	t.Parallel()
	browser, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip("no chromium to open the page in")
	}
	dir := t.TempDir()
	page := filepath.Join(dir, "page.html")
	stdout, stderr, status := run(t, incident, command, "audit", "-format", "html", "./...")
	if status != 0 {
		t.Fatalf("status %d:\n%s", status, stderr)
	}
	clitest.Write(t, page, stdout)
	if strings.Contains(stdout, "http://") || strings.Contains(stdout, "https://") {
		t.Error("the page refers to a network")
	}
	open := func(args ...string) string {
		t.Helper()
		args = append([]string{"--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=" + dir, "--virtual-time-budget=2000"}, args...)
		stdout, stderr, status := run(t, dir, browser, args...)
		if status != 0 {
			t.Fatalf("%s", stderr)
		}
		return stdout
	}
	row := func(dom, verdict string) string {
		_, after, _ := strings.Cut(dom, fmt.Sprintf(` data-verdict="%s" data-package="github.com/errswallow/errswallow/examples/incident" data-text=`, verdict))
		tag, _, _ := strings.Cut(after, ">")
		return tag
	}
	all := open("--dump-dom", "file://"+page)
	if strings.Contains(row(all, "collapses"), "hidden") || !strings.Contains(all, "return false, nil // not found: not running") {
		t.Error("not all functions are shown, with their source")
	}
	some := open("--dump-dom", "file://"+page+"#verdict=misled")
	if !strings.Contains(row(some, "collapses"), "hidden") || strings.Contains(row(some, "misled"), "hidden") {
		t.Errorf("the filter does not hide what it should:\n%s\n%s", row(some, "collapses"), row(some, "misled"))
	}
	if found := open("--dump-dom", "file://"+page+"#search=maybemark"); !strings.Contains(row(found, "collapses"), "hidden") || strings.Contains(row(found, "misled"), "hidden") || !strings.Contains(found, "1 of 2 functions") {
		t.Errorf("the search does not find what it should:\n%s\n%s", row(found, "collapses"), row(found, "misled"))
	}
	shot := filepath.Join(dir, "page.png")
	open("--screenshot="+shot, "--window-size=1180,700", "--hide-scrollbars", "file://"+page)
	f, err := os.Open(shot)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if img, err := png.Decode(f); err != nil || img.Bounds().Dx() != 1180 {
		t.Errorf("%v", err)
	}
}

// TestAuditDoc holds the table in docs/audit.md to the provisioner.
func TestAuditDoc(t *testing.T) {
	t.Parallel()
	stdout, stderr, status := run(t, "../../provisioner", command, "audit", "-format", "markdown", "./...")
	if status != 0 {
		t.Fatalf("status %d:\n%s", status, stderr)
	}
	doc, err := os.ReadFile("../../docs/audit.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(doc), "\n"+stdout) {
		t.Errorf("docs/audit.md does not hold what errswallow audit -C provisioner -format markdown ./... prints; make audit writes it anew:\n%s", stdout)
	}
}
