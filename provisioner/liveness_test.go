package provisioner_test

import (
	"context"
	"errors"
	"io"
	"testing"
	"testing/synctest"
	"time"

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
	}{
		{"heard", time.Hour, []answer{{false, nil}}, 20 * time.Minute, 0, 0},
		{"five heartbeats missed", 0, []answer{{false, nil}}, 180*time.Second + time.Millisecond, 0, 0},
		{"silent and dead", 0, []answer{{false, nil}}, 4 * time.Minute, 1, 1},
		{"silent and alive", 0, []answer{{true, nil}}, 5 * time.Minute, 4, 0},
		{"silent, and a fault", 0, []answer{{true, fault}}, 5 * time.Minute, 4, 0},
		{"a fault that says not running", 0, []answer{{false, fault}}, 5 * time.Minute, 4, 0},
		{"faults, then dead", 0, []answer{{true, fault}, {true, fault}, {false, nil}}, 5 * time.Minute, 3, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				tel, counts := telemetry(t, io.Discard)
				asked := 0
				supervisor := provisioner.NewSupervisor(containers{
					isRunning: func() (bool, error) {
						a := test.answers[min(asked, len(test.answers)-1)]
						asked++
						return a.running, a.err
					},
					restart: func() error { time.Sleep(5 * time.Second); return nil },
				}, tel)
				supervisor.Watch("a")
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
				cancel()
				synctest.Wait()
				supervisor.Wait()
				if asked != test.asked {
					t.Errorf("asked %d times, want %d", asked, test.asked)
				}
				if got := counts.read(t)["provisioner.restarts cause=liveness outcome=ok"]; got != test.restarts {
					t.Errorf("%d restarts, want %d", got, test.restarts)
				}
			})
		})
	}
}

// TestMonitorForgets asks nothing of a workspace that is no longer watched.
func TestMonitorForgets(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tel, _ := telemetry(t, io.Discard)
		supervisor := provisioner.NewSupervisor(containers{
			isRunning: func() (bool, error) { t.Error("asked"); return true, nil },
		}, tel)
		monitor := provisioner.NewMonitor(supervisor, provisioner.MonitorConfig{})
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go monitor.Run(ctx)
		supervisor.Watch("a")
		time.Sleep(2 * time.Minute)
		supervisor.Forget("a")
		time.Sleep(time.Hour)
	})
}

// TestMonitorDead kills a container behind the monitor's back: one restart.
func TestMonitorDead(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, b *bench) {
		b.start(t, "a")
		b.start(t, "b")
		before := b.id(t, "b")
		b.kill(t, "a")
		tel, counts := telemetry(t, io.Discard)
		supervisor := provisioner.NewSupervisor(b.provisioner, tel)
		supervisor.Watch("a")
		supervisor.Watch("b")
		monitor := provisioner.NewMonitor(supervisor, provisioner.MonitorConfig{Interval: time.Millisecond, TTL: 10 * time.Millisecond})
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go monitor.Run(ctx)
		const restarts = "provisioner.restarts cause=liveness outcome=ok"
		for counts.read(t)[restarts] == 0 {
			time.Sleep(time.Millisecond)
		}
		time.Sleep(100 * time.Millisecond) // and none after it
		cancel()
		supervisor.Wait()
		if n := counts.read(t)[restarts]; n != 1 {
			t.Errorf("%d restarts, want 1", n)
		}
		if b.id(t, "b") != before {
			t.Error("a healthy container was restarted")
		}
	})
}
