package contract

import (
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A mutation undoes one fix.
type mutation struct {
	name, file, old, new string
	test                 string // that fails
}

// A test is one of the package's own, or of this module, or of a module or a package
// whose file it is, too.
const (
	here     = "contract:"
	ofKit    = "faultkit:"
	ofReplay = "cascade:"
	ofEngine = "realengine:"
)

// folders are where the tests are.
var folders = map[string]string{
	"": "..", here: ".", ofKit: "../../faultkit", ofReplay: "../../examples/cascade", ofEngine: "../../internal/realengine",
}

// mutations are the fixes undone, by what they are of.
var mutations = map[string][]mutation{
	"absence": {
		{"the original IsRunning", "inspector.go", "		return Verdict{Running: true}, err\n", "		return Verdict{asked: asked}, nil\n", "TestIsRunning"},
		{"the gate inverted", "inspector.go", "if isContainerNotFound(err, ref)", "if err != nil && !isContainerNotFound(err, ref)", "TestIsRunning"},
		{"every 404", "notfound.go", "return slices.Contains(absences(ref), words)", "return words != ref", "TestIsContainerNotFound"},
		{"whatever container", "notfound.go", "return slices.Contains(absences(ref), words)", `return strings.HasPrefix(words, "No such container")`, "TestIsContainerNotFound"},
		{"moby's words alone", "notfound.go", "		`no container with name or ID \"` + ref + `\" found: no such container`,\n", "", "TestIsRunning"},
		{"podman's words, of whatever container", "notfound.go", "return slices.Contains(absences(ref), words)", `return slices.Contains(absences(ref), words) || strings.HasSuffix(words, "no such container")`, "TestIsRunning"},
		{"the words of whatever status", "notfound.go", "!errdefs.IsNotFound(err)", "err == nil", "TestIsRunning"},
		{"another type beside it", "notfound.go", "|| saysOtherwise(err)", "", "TestIsContainerNotFound"},
		{"a fault told as not running", "isrunning.go", "return Verdict{Running: true}, fmt", "return Verdict{}, fmt", "TestIsRunning"},
		{"the fault not told", "isrunning.go", `return Verdict{Running: true}, fmt.Errorf("inspect workspace %s: %w", workspace, err)`, "fmt.Print(err); return Verdict{}, nil", "TestIsRunning"},
		{"no deadline", "inspector.go", "context.WithTimeout(context.WithoutCancel(ctx), i.timeout)", "context.WithCancel(context.WithoutCancel(ctx))", "TestIsRunningUnconnected"},
	},
	"answers": {
		{"no look at the state", "verdict.go", "info.State == nil || ", "", "TestIsRunning"},
		{"no look at the id", "verdict.go", " || !containerName.MatchString(info.ID)", "", "TestIsRunning"},
		{"any id", "verdict.go", "!containerName.MatchString(info.ID)", `info.ID == ""`, "TestIsRunning"},
		{"an empty state is one that is stopped", "verdict.go", "		if state.Running {\n			return true, nil\n		}", "		return state.Running, nil", "TestIsRunning"},
		{"a contradiction", "verdict.go", "		if !busy {\n", "		if !busy || busy {\n", "TestIsRunning"},
		{"another container", "verdict.go", "if info.ID != ref && ", "if false && ", "TestIsRunning"},
		{"a list of something else", "provisioner.go", "if !ok {", "if !ok && false {", "TestWorkspaces"},
		{"a port without a number", "verdict.go", `if binding.HostPort != "" {`, "if true {", "TestNoPort"},
		{"no list is an empty one", "provisioner.go", "if list == nil {", "if false {", here + "TestFaults"},
	},
	"rows": {
		{"paused", "verdict.go", "container.StatePaused, container.StateRestarting, ", "container.StateRestarting, ", "TestIsRunning"},
		{"restarting", "verdict.go", "container.StatePaused, container.StateRestarting, ", "container.StatePaused, ", "TestIsRunning"},
		{"removing", "verdict.go", "container.StateRestarting, container.StateRemoving:", "container.StateRestarting:", "TestIsRunning"},
		{"created a moment ago", "verdict.go", "Abs() < starting", "Abs() < 0", "TestIsRunning"},
		{"a start in progress", "isrunning.go", "|| p.turns.taken(workspace)", "", here + "TestCreated"},
		{"out of memory", "verdict.go", "case v.OOMKilled:", "case false:", "TestExits"},
	},
	"verdicts": {
		{"whatever has changed", "revive.go", "now.Running || !now.same(v)", "now.Running", here + "TestChanged"},
		{"whenever it was started", "verdict.go", "v.ID == w.ID && v.started == w.started", "v.ID == w.ID", here + "TestChanged"},
		{"no turns", "revive.go", "if now.Running || !now.same(v) {\n		return ErrChanged", "if now.Running && now.absent() {\n		return ErrChanged", here + "TestReviveWaits"},
		{"an answer of before", "inspector.go", "!v.asked.Before(since)", "true", "TestAskSince"},
		{"by force", "site.go", "s.remove(ctx, old.ID, container.RemoveOptions{})", "s.remove(ctx, old.ID, container.RemoveOptions{Force: true})", here + "TestNotRemovedRunning"},
		{"a fault acted on", "supervisor.go", "	if err != nil {\n		return unknown\n	}\n", "", "TestMonitor"},
		{"one fault hides a death", "supervisor.go", "if err != nil && ctx.Err() == nil && worthAskingAgain(err) {", "if false {", "TestMonitor"},
		{"one stalled answer hides a death", "inspector.go", "return !errors.Is(err, context.Canceled)", "return !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, context.Canceled)", "TestMonitor"},
		{"a stalled engine is asked and asked", "inspector.go", " || stalls > 1", "", "TestInsist"},
		{"restarts not coalesced", "supervisor.go", "	case now != alive:\n", "	case now == unwatched:\n", "TestSameVerdict"},
	},
	"acts": {
		{"made anew at once", "revive.go", "err = s.up(ctx, now)\n", "err = errdefs.ErrInternal\n", here + "TestRevive"},
		{"made anew for a fault", "revive.go", "now.absent() || !refused(err) || ", "now.absent() || err == nil || ", here + "TestReviveInsteadOfNothing"},
		{"what is not confirmed is refused", "revive.go", "return !errors.Is(err, errUnconfirmed) &&", "return true &&", here + "TestReviveUnconfirmed"},
		{"made anew for one refusal", "revive.go", "		for range 2 {\n", "		for range 1 {\n", here + "TestReviveRefusedOnce"},
		{"stopped, though somebody has started it", "site.go", "	if old.Running {\n		if err := s.stop", "	if true {\n		if err := s.stop", here + "TestNotStoppedRunning"},
		{"removed before the other is made", "site.go", "	next, err := s.create(ctx, s.next, old.ID)\n", "	s.remove(ctx, old.ID, container.RemoveOptions{Force: true})\n	next, err := s.create(ctx, s.next, \"\")\n", here + "TestReviveInstead"},
		{"removed before the other runs", "site.go", "		err = errors.Join(err, s.discard(ctx, next.ID))\n", "		err = errors.Join(err, s.promote(ctx, old, next.ID))\n", here + "TestReviveInstead"},
		{"not finished after a crash", "site.go", "err == nil && next.absent() {", "true {", here + "TestCrash"},
		{"volumes left behind", "site.go", "host.VolumesFrom = []string{volumesFrom}", "host.VolumesFrom = nil", here + "TestCrash"},
		{"volumes removed", "provisioner.go", "return p.remove(ctx, workspace, container.RemoveOptions{Force: true})", "return p.remove(ctx, workspace, container.RemoveOptions{Force: true, RemoveVolumes: true})", here + "TestVolumesAskedFor"},
		{"a failed restart is a heartbeat", "supervisor.go", "	if err == nil {\n		l.revived", "	if true {\n		l.revived", "TestMonitor"},
		{"a fault of Remove taken for absence", "site.go", "options)\n	if isContainerNotFound(err, id) {", "options)\n	if err != nil {", here + "TestFaultsOfActs"},
		{"a fault of Stop taken for absence", "site.go", "if isContainerNotFound(err, v.ID) {", "if err != nil {", here + "TestFaultsOfActs"},
		{"a start believed", "site.go", `return s.confirm(ctx, "start", v.ID, func(now Verdict) bool { return now.live() || now.startedSince(v) })`, "return nil", here + "TestRestartCounted"},
		{"a start that cannot be confirmed at once has failed", "site.go", "s.inspector.persist(ctx, ref, time.Now())", "s.inspector.insist(ctx, ref, time.Now())", "TestStartSeen"},
		{"a start that crashes is none", "site.go", "return now.live() || now.startedSince(v)", "return now.live()", "TestStartSeen"},
		{"a start of one that was created and is so still", "verdict.go", "v.Status != container.StateCreated && ", "", "TestStartSeen"},
		{"a stop believed", "site.go", `return s.confirm(ctx, "stop", v.ID, func(now Verdict) bool { return !now.live() || now.startedSince(v) })`, "return nil", here + "TestFaultsOfActs"},
		{"a removal believed", "site.go", `return s.confirm(ctx, "remove", id, Verdict.absent)`, "return nil", here + "TestFaultsOfActs"},
		{"a new name believed", "site.go", `return s.confirm(ctx, "rename", name, func(now Verdict) bool { return now.ID == id })`, "return nil", here + "TestFaultsOfActs"},
		{"who was faster is an error", "site.go", "if errdefs.IsConflict(err) {", "if errdefs.IsConflict(err) && false {", "TestStartSeen"},
		{"in the place of one that is being removed", "site.go", "if err == nil && v.Status == container.StateRemoving {", "if false {", here + "TestRemoving"},
	},
	"budget": {
		{"no backoff", "supervisor.go", "case !life.pauses.over():", "case false:", "TestBackoff"},
		{"no end of it", "budget.go", "if now.Sub(p.until) > p.growing.MaxInterval {", "if false {", "TestBackoffEnds"},
		{"no cap of restarts", "budget.go", "make(chan struct{}, config.Restarts)", "make(chan struct{}, 1000)", "TestManyDead"},
		{"inspects not coalesced", "inspector.go", "i.flights.DoChan(ref, ", "i.flights.DoChan(fmt.Sprint(time.Now(), ctx), ", "TestInspectsCoalesced"},
		{"no cap of inspects", "inspector.go", "make(chan struct{}, config.Inspects)", "make(chan struct{}, 1000)", "TestInspectsCapped"},
		{"no breaker", "inspector.go", "counts.ConsecutiveFailures >= failuresInARow", "false", "TestBreaker"},
		{"a breaker for answers", "inspector.go", "IsExcluded:  answered,", "", "TestBreakerStaysClosed"},
	},
	"addresses": {
		{"kept", "dial.go", "		p.addresses.Delete(workspace)\n", "", here + "TestAddressMoves"},
		{"not confirmed", "dial.go", "err == nil && !p.confirm(ctx, workspace, there)", "false", here + "TestAddressReused"},
		{"confirmed once only", "dial.go", "now, err := p.inspector.insist(ctx, name, time.Now())", "now, err := p.inspector.ask(ctx, name)", here + "TestAddressReused"},
	},
	"names": {
		{"any name", "name.go", "!containerName.MatchString(workspace) || !containerName.MatchString(name) || ", "", "TestName"},
		{"any prefix", "name.go", "!containerName.MatchString(name) || ", "", "TestName"},
		{"the name of one in the place of another", "name.go", ` || strings.HasSuffix(workspace, nextSuffix)`, ` && strings.HasSuffix(workspace, nextSuffix)`, "TestName"},
		{"any label", "site.go", "!v.absent() && v.labels[workspaceLabel] != s.workspace", "false", here + "TestForeign"},
		{"any label, to connect", "dial.go", "case v.labels[workspaceLabel] != workspace:", "case false:", here + "TestForeign"},
		{"the configuration's label", "site.go", "	labels[workspaceLabel] = s.workspace // whatever the configuration says\n", "	if labels[workspaceLabel] == \"\" {\n		labels[workspaceLabel] = s.workspace\n	}\n", here + "TestLabelStays"},
	},
	"proxy": {
		{"no streams", "patience.go", `kind == "text/event-stream" ||`, `kind == "none" ||`, "TestProxyStreams"},
		{"no upgrades", "patience.go", "resp.StatusCode == http.StatusSwitchingProtocols || ", "", "TestProxyUpgrades"},
		{"an upgrade that fails stays open", "patience.go", "context.AfterFunc(r.Context(), func() { body.Close() })", "_ = body", "TestProxyUpgradeFails"},
		{"streams are cut", "patience.go", "	if err == nil && streams(resp) {\n		slow.Stop()\n", "	if err == nil && streams(resp) {\n", "TestProxyStreams"},
		{"sent again whatever it is", "patience.go", "sent.Load() && !idempotent(r)", "false", "TestProxySendsAgain"},
		{"never sent again", "patience.go", "sent.Load() && !idempotent(r)", "true", "TestProxySendsAgain"},
		{"no second attempt", "patience.go", "backoff.WithMaxTries(t.config.Attempts)", "backoff.WithMaxTries(1)", "TestProxyAgentBusy"},
		{"the agent's 503 not tried again", "patience.go", "err == nil && resp.StatusCode == http.StatusServiceUnavailable", "false", "TestProxyAgentBusy"},
		{"the agent's 503 without Retry-After", "patience.go", `if resp.Header.Get("Retry-After") == "" {`, "if false {", "TestProxyAgentBusy"},
		{"a large answer is the container's fault", "a2a_proxy.go", "	case errors.Is(err, errTooLarge):", "	case false:", "TestProxyRefuses"},
		{"a bad body is the agent's fault", "a2a_proxy.go", "status := http.StatusBadRequest", "status := http.StatusBadGateway", "TestProxyBadBody"},
		{"a body has all the time", "a2a_proxy.go", "connection.SetReadDeadline(time.Now().Add(p.config.Attempt))", "connection.SetReadDeadline(time.Time{})", "TestProxyBadBody"},
		{"a body has all the time behind a handler", "a2a_proxy.go", "return readWithin(p.config.Attempt, whole)", "return io.ReadAll(whole)", "TestProxyBadBody"},
		{"an agent has all the time", "patience.go", "time.AfterFunc(t.config.Attempt,", "time.AfterFunc(time.Hour,", "TestProxyEnds"},
		{"escapes are lost", "a2a_proxy.go", "unescaped(path), path", `unescaped(path), ""`, "TestProxyForwards"},
		{"the query is cleaned", "a2a_proxy.go", "	r.Out.URL.RawQuery = r.In.URL.RawQuery // with what only the agent understands\n", "", "TestProxyForwards"},
		{"no Retry-After", "a2a_proxy.go", `w.Header().Set("Retry-After"`, `w.Header().Set("X-Retry-After"`, "TestProxyEnds"},
		{"the daemon asked for a caller that is gone", "a2a_proxy.go", "	case r.Context().Err() != nil:\n", "	case false:\n", "TestProxyRefuses"},
		{"silence for a caller with a limit", "a2a_proxy.go", "		p.comeBack(w, workspace)\n		return\n	case", "		return\n	case", "TestProxyRefuses"},
	},
	"running": {
		{"restarts after Close", "supervisor.go", "	s.closed = true\n", "", "TestClose"},
		{"a restart that waits begins after Close", "supervisor.go", "		return unwatched\n	case s.closed:\n", "		return unwatched\n	case false:\n", "TestUnwanted"},
		{"a restart that waits begins after Forget", "supervisor.go", "if now := s.wanted(workspace); now != restarting {", "if now := s.wanted(workspace); now == closing {", "TestUnwanted"},
		{"Close does not wait", "supervisor.go", "	defer s.cut()\n	return s.Wait(ctx)", "	s.cut()\n	return nil", "TestClose"},
		{"Close does not cut", "supervisor.go", "	defer context.AfterFunc(s.closing, cancel)()\n", "", "TestCloseCuts"},
		{"every line is logged", "sampler.go", "	k.Do(func() {\n		log(k.dropped - 1)\n		k.dropped = 0\n	})", "	log(0)", "TestSampledLog"},
		{"a caller that is gone is a fault", "supervisor.go", "err != nil && !errors.Is(ctx.Err(), context.Canceled)", "err != nil", "TestProxyCallerGone"},
		{"heartbeats of anybody", "liveness.go", "if m.supervisor.known(workspace) == unwatched {", "if false {", "TestMonitorForgets"},
		{"silence not counted", "liveness.go", `"liveness") == alive {`, `"liveness") == closing {`, "TestMonitor"},
		{"suppressed restarts not counted", "supervisor.go", "if now == backingOff || now == closing {", "if false {", "TestBackoff"},
		{"a shorter TTL", "liveness.go", "180*time.Second", "150*time.Second", "TestMonitor"},
	},
	"kit": {
		{"what panics ends the run", "trial.go", "if r := recover(); r != nil {", "if r := any(nil); r != nil {", ofKit + "TestWrong"},
		{"what has left is waited for", "trial.go", "			done <- err\n", "			if err != errLeft {\n				done <- err\n			}\n", ofKit + "TestLeft"},
		{"acts reach the engine under a fault", "proxy.go", "if p.guarded && entry.Destroys()", "if i == nil && p.guarded && entry.Destroys()", ofKit + "TestNothingDestroyed"},
		{"the end of one fault ends all", "injection.go", "		if other.injection.always() {", "		if false {", ofKit + "TestUnreached"},
		{"versions of Docker's API alone", "injection.go", `(\.\d+)+/`, `\.\d+/`, ofKit + "TestJournal"},
		{"no watchdog", "trial.go", "time.After(t.target.Grace)", "time.After(time.Hour)", ofKit + "TestWatchdog"},
		{"every call, and no single one", "verify.go", "calls > 1 && in.Nth <= calls", "false", ofKit + "TestWrong"},
		{"on what runs only", "verify.go", "		for _, one := range t.target.all() {\n			if err := t.row(ctx, q, one, &in)", "		for _, one := range t.target.all()[:1] {\n			if err := t.row(ctx, q, one, &in)", ofKit + "TestWrong"},
		{"whatever is beside the error", "verify.go", "faulty && q.tells && !q.plain", "faulty && q.tells", ofKit + "TestWrong"},
		{"hidden, and not said", "verify.go", `"hidden: the client asked again, or did without"`, `""`, ofKit + "TestHidden"},
		{"who asks nothing is right", "verify.go", "	if calls == 0 {", "	if false {", ofKit + "TestAsksNothing"},
		{"removals are no acts", "journal.go", "if e.Method == http.MethodDelete {", "if false {", ofKit + "TestJournal"},
		{"what is in the way goes", "door.go", "	l, err := net.Listen(d.network, d.address)\n", "	os.Remove(d.address)\n	l, err := net.Listen(d.network, d.address)\n", ofKit + "TestNothingDeleted"},
		{"what was put there goes", "door.go", "err == nil && os.SameFile(there, d.mine)", "err == nil && there != nil", ofKit + "TestNothingDeleted"},
		{"any address", "door.go", "err = loopback(d.address)", "err = nil", ofKit + "TestBadHost"},
		{"any Host", "proxy.go", `p.door.network == "tcp" && loopback(withPort(r.Host)) != nil`, "false", ofKit + "TestHostHeader"},
		{"injections stay", "injection.go", "p.injections = append(p.injections[:n:n], p.injections[n+1:]...)", "_ = n", ofKit + "TestInject"},
		{"still there", "door.go", "	d.away, d.left = true, f\n	d.shut()\n", "	d.away, d.left = true, f\n", ofKit + "TestUnreached"},
	},
	"replay": {
		{"a limit on what is not shown", "platform.go", "const generous = 5 * time.Minute", "const generous = time.Second", ofReplay + "TestSlowEngine"},
		{"patience of another machine", "replay.go", "20*time.Since(asked)", "0*time.Since(asked)", ofReplay + "TestPatience"},
		{"SIGTERM leaves all behind", "main.go", ", os.Interrupt, syscall.SIGTERM)", ", os.Interrupt, syscall.SIGUSR1)", ofReplay + "TestTerminated"},
		{"Close does not look", "realengine.go", "e.left(ctx, own), ", "", ofEngine + "TestCloseTells"},
	},
}

// perPoint is how many of the fixes of each point TestMutations undoes: for each a test
// is compiled anew, some five seconds. make mutation undoes all.
var perPoint = flag.Int("mutations", 0, "how many fixes of each point TestMutations undoes")

// TestMutationsApply finds what each mutation is to undo.
func TestMutationsApply(t *testing.T) {
	t.Parallel()
	for of, list := range mutations {
		for _, m := range list {
			t.Run(of+"/"+m.name, func(t *testing.T) { m.overlay(t) })
		}
	}
}

// TestMutations undoes each of the fixes, one at a time: a test fails that is named
// after what it breaks. It keeps the machine busy, so it is not parallel to the tests
// that wait.
func TestMutations(t *testing.T) {
	if *perPoint == 0 {
		t.Skip("make mutation runs it")
	}
	for of, list := range mutations {
		t.Run(of, func(t *testing.T) {
			for _, m := range list[:min(*perPoint, len(list))] {
				t.Run(m.name, func(t *testing.T) {
					t.Parallel()
					m.try(t)
				})
			}
		})
	}
}

// try runs the test that is to fail, on sources in which a fix is undone.
func (m mutation) try(t *testing.T) {
	of, name := m.where()
	if of == ofReplay || of == ofEngine {
		real.Require(t)
	}
	test := exec.Command("go", "test", "-vet=off", "-count=1", "-timeout=30s", "-ldflags=-s -w", "-overlay="+m.overlay(t),
		"-run=^"+name+"$/^([^r]|r[^e]|re[^a])", "-parallel=4", ".") // not on the real engine
	test.Dir = folders[of]
	out, err := test.CombinedOutput()
	// A mutant must compile: it is not caught by failing to.
	failed := strings.Contains(string(out), "--- FAIL: "+name) || strings.Contains(string(out), "panic: ")
	if err == nil || strings.Contains(string(out), "[build failed]") || !failed {
		t.Errorf("%s does not fail on it: %v\n%s", name, err, out)
	}
}

// where returns of what the test is that is to fail, and its name.
func (m mutation) where() (of, test string) {
	colon := strings.Index(m.test, ":") + 1
	return m.test[:colon], m.test[colon:]
}

// overlay returns a file that tells the go command to read the source with the fix
// undone.
func (m mutation) overlay(t *testing.T) string {
	t.Helper()
	of, _ := m.where()
	if of == here {
		of = "" // its tests, and the package's files
	}
	source, err := filepath.Abs(filepath.Join(folders[of], m.file))
	must(t, err)
	text, err := os.ReadFile(source)
	must(t, err)
	if n := strings.Count(string(text), m.old); n != 1 {
		t.Fatalf("%s holds %d of what is to be undone, want 1:\n%s", m.file, n, m.old)
	}
	dir := t.TempDir()
	mutant, overlay := filepath.Join(dir, "mutant.go"), filepath.Join(dir, "overlay.json")
	must(t, os.WriteFile(mutant, []byte(strings.Replace(string(text), m.old, m.new, 1)), 0o644))
	files, err := json.Marshal(map[string]map[string]string{"Replace": {source: mutant}})
	must(t, err)
	must(t, os.WriteFile(overlay, files, 0o644))
	return overlay
}
