package provisioner_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sony/gobreaker/v2"

	"github.com/errswallow/errswallow/provisioner"
)

// TestMonitor is what becomes of an agent that falls silent, by what IsRunning
// answers each time. The time is that of a bubble.
func TestMonitor(t *testing.T) {
	t.Parallel()
	type answer struct {
		running bool
		err     error
	}
	fault := errors.New("daemon is busy")
	for _, test := range []struct {
		name     string
		beats    time.Duration // until when the agent is heard, every 30 s
		answers  []answer      // the last is repeated
		run      time.Duration
		asked    int
		restarts int64
		silent   int64
		revive   error // what bringing it back ends with
	}{
		{"heard", time.Hour, []answer{{false, nil}}, 20 * time.Minute, 0, 0, 0, nil},
		{"five heartbeats missed", 0, []answer{{false, nil}}, 180*time.Second + time.Millisecond, 0, 0, 0, nil},
		{"silent and dead", 0, []answer{{false, nil}}, 4 * time.Minute, 1, 1, 0, nil},
		{"silent and alive", 0, []answer{{true, nil}}, 5 * time.Minute, 4, 0, 4, nil},
		{"one fault, then dead", 0, []answer{{true, fault}, {false, nil}}, 4 * time.Minute, 2, 1, 0, nil},
		{"silent, and stalled", 0, []answer{{true, context.DeadlineExceeded}}, 5 * time.Minute, 8, 0, 0, nil},
		{"one answer stalled, then dead", 0, []answer{{true, context.DeadlineExceeded}, {false, nil}}, 4 * time.Minute, 2, 1, 0, nil},
		{"silent, and left alone", 0, []answer{{true, gobreaker.ErrOpenState}}, 5 * time.Minute, 4, 0, 0, nil},
		{"silent, and a fault", 0, []answer{{true, fault}}, 5 * time.Minute, 8, 0, 0, nil},
		{"a fault that says not running", 0, []answer{{false, fault}}, 5 * time.Minute, 8, 0, 0, nil},
		{"faults, then dead", 0, []answer{{true, fault}, {true, fault}, {false, nil}}, 5 * time.Minute, 3, 1, 0, nil},
		{"a restart that fails is no heartbeat", 0, []answer{{false, nil}}, 5 * time.Minute, 4, 0, 0, errors.New("no space left on device")},
		{"brought back, and silent for as long again", 0, []answer{{false, nil}}, 8 * time.Minute, 2, 2, 0, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				asked := 0
				supervisor, counts := supervise(t, containers{
					look: func() (provisioner.Verdict, error) {
						a := test.answers[min(asked, len(test.answers)-1)]
						asked++
						return provisioner.Verdict{ID: "0123456789ab", Status: "exited", Running: a.running}, a.err
					},
					revive: func(context.Context, string) error { time.Sleep(5 * time.Second); return test.revive },
				}, provisioner.SupervisorConfig{})
				monitor := provisioner.NewMonitor(supervisor, provisioner.MonitorConfig{})
				ctx, cancel := context.WithCancel(t.Context())
				go monitor.Run(ctx)
				monitor.Beat("a")
				for elapsed := time.Duration(0); elapsed < test.run; elapsed += 30 * time.Second {
					time.Sleep(min(30*time.Second, test.run-elapsed))
					if elapsed < test.beats {
						monitor.Beat("a")
					}
				}
				synctest.Wait() // for the look that is due now
				cancel()
				synctest.Wait()
				must(t, supervisor.Wait(context.Background()))
				if asked != test.asked {
					t.Errorf("asked %d times, want %d", asked, test.asked)
				}
				if got := counts.Read()["provisioner.restarts cause=liveness outcome=ok"]; got != test.restarts {
					t.Errorf("%d restarts, want %d", got, test.restarts)
				}
				if got := counts.Read()["provisioner.silent"]; got != test.silent {
					t.Errorf("%d looks at one that is silent and runs, want %d", got, test.silent)
				}
			})
		})
	}
}

// TestMonitorForgets asks nothing of a workspace that is no longer watched, and
// remembers nothing of one that never was.
func TestMonitorForgets(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		supervisor, _ := supervise(t, containers{
			look: func() (provisioner.Verdict, error) { t.Error("asked"); return running, nil },
		}, provisioner.SupervisorConfig{})
		monitor := provisioner.NewMonitor(supervisor, provisioner.MonitorConfig{})
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go monitor.Run(ctx)
		if !monitor.Beat("a") || monitor.Beat("b") {
			t.Error("want a heartbeat of a taken, and one of b not")
		}
		time.Sleep(2 * time.Minute)
		supervisor.Forget("a")
		if monitor.Beat("a") {
			t.Error("a heartbeat was taken of what was forgotten")
		}
		time.Sleep(time.Hour)
	})
}
