package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/docker/docker/client"

	"github.com/errswallow/errswallow/faultkit"
	"github.com/errswallow/errswallow/provisioner"
	"github.com/errswallow/errswallow/provisioner/counters"
)

const (
	count       = 6 // of agents
	delegations = 15
	// work is what each delegation is; the proxy gives up on an agent sooner, so
	// every agent that is busy is asked about.
	work = 1500 * time.Millisecond
)

// A report is what happened in one replay.
type report struct {
	healthyRestarted int // containers
	tasksLost        int // tasks that an agent was at work on
	requestsLost     int // neither answered nor answered 503
	busy             int // answered 503
	faults           int
	done             int // delegations
	deadRestarted    int // restarts of the container that was killed
}

// A stage is everything that a replay runs on.
type stage struct {
	*timeline
	cli        *client.Client // around the faults
	config     provisioner.Config
	faults     *faultkit.Proxy
	supervisor *provisioner.Supervisor
	counts     counters.Counters
	url        string // of the proxy for delegations
	names      []string
}

// replay runs the incident with one predicate and writes its timeline.
func replay(ctx context.Context, platform platform, predicate predicate, w io.Writer) (_ *report, err error) {
	s := &stage{timeline: newTimeline(w), config: platform.config}
	if s.cli, err = dial(platform.host); err != nil {
		return nil, err
	}
	defer s.cli.Close()
	agents := provisioner.New(s.cli, platform.config)
	defer s.remove(agents)
	patience, err := s.raise(ctx, agents)
	if err != nil {
		return nil, err
	}

	if s.faults, err = faultkit.NewProxy(ctx, platform.host, ""); err != nil {
		return nil, err
	}
	defer s.faults.Close()
	cli, err := dial(s.faults.Host())
	if err != nil {
		return nil, err
	}
	defer cli.Close()
	telemetry, counts, err := counters.New(slog.New(s.timeline))
	if err != nil {
		return nil, err
	}
	s.counts = counts
	config := platform.config
	config.Confirm = patience / 10 // while the daemon stalls every delegation waits that long
	containers := hasty{predicate.make(cli, config), patience}
	s.supervisor = provisioner.NewSupervisor(containers, telemetry, provisioner.SupervisorConfig{Restarts: len(s.names)})
	for _, name := range s.names {
		s.supervisor.Watch(name)
	}
	proxy := provisioner.NewProxy(s.supervisor, provisioner.ProxyConfig{
		Attempts: 2, Attempt: work / 5, Backoff: 50 * time.Millisecond, RetryAfter: time.Second,
	})
	defer proxy.Close()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	server := &http.Server{Handler: proxy}
	go server.Serve(l)
	defer server.Close()
	s.url = "http://" + l.Addr().String()
	monitor := provisioner.NewMonitor(s.supervisor, provisioner.MonitorConfig{Interval: time.Second, TTL: time.Minute})
	ctx, cancel := context.WithCancel(ctx)
	defer func() {
		cancel()
		s.supervisor.Close(context.Background())
	}()
	go monitor.Run(ctx)
	return s.incident(ctx)
}

// dial returns a client of the engine at a host. It does not negotiate, which would run
// into the faults.
func dial(host string) (*client.Client, error) {
	return client.NewClientWithOpts(client.WithHost(host), client.WithVersion("1.41"))
}

// raise starts the agents, and returns how long to wait for the daemon when it is asked
// about one: a second, or much longer than it takes this machine.
func (s *stage) raise(ctx context.Context, agents *provisioner.Provisioner) (patience time.Duration, err error) {
	patience = time.Second
	for i := range count {
		name := fmt.Sprintf("agent-%d", i+1)
		s.names = append(s.names, name)
		if err := agents.Start(ctx, name); err != nil {
			return 0, err
		}
		if err := await(ctx, agents, name); err != nil {
			return 0, err
		}
		asked := time.Now()
		if _, err := agents.IsRunning(ctx, name); err != nil {
			return 0, err
		}
		patience = max(patience, 20*time.Since(asked))
	}
	return patience, nil
}

// remove removes the agents, whatever has become of the replay.
func (s *stage) remove(agents *provisioner.Provisioner) {
	ctx, cancel := context.WithTimeout(context.Background(), generous)
	defer cancel()
	for _, name := range s.names {
		if err := agents.RemoveWithVolumes(ctx, name); err != nil {
			s.say("%v", err)
		}
	}
}

// incident is what happens, and the report of it.
func (s *stage) incident(ctx context.Context) (*report, error) {
	before, err := s.lives(ctx)
	if err != nil {
		return nil, err
	}
	s.begin()
	s.say("%d agents run", count)
	report := &report{}
	if err := s.delegate(ctx, report); err != nil {
		return nil, err
	}
	if err := s.supervisor.Wait(ctx); err != nil {
		return nil, err
	}
	after, err := s.lives(ctx)
	if err != nil {
		return nil, err
	}
	for i := range before {
		if before[i] != after[i] {
			report.healthyRestarted++
		}
	}
	s.say("%d of %d were healthy and were restarted", report.healthyRestarted, count)
	// An agent that was restarted has lost what the first turn had given it.
	report.tasksLost = s.lost(before, after)

	restarts := s.counts.Sum("provisioner.restarts")
	if err := s.killOne(ctx); err != nil {
		return nil, err
	}
	report.deadRestarted = s.counts.Sum("provisioner.restarts") - restarts
	report.faults = s.counts.Sum("provisioner.faults")
	report.busy = s.counts.Sum("provisioner.busy")
	return report, nil
}

// delegate sends all delegations at once while the daemon stalls, lets it recover
// once each was answered, and has the callers come back until all are done.
func (s *stage) delegate(ctx context.Context, report *report) error {
	stall := s.faults.Inject(faultkit.Injection{Fault: faultkit.Stall, Method: "GET", Path: "/containers/*/json"})
	defer stall.Remove()
	s.say("the daemon stalls: ContainerInspect does not return")
	s.say("%d delegations at once", delegations)
	var first, all sync.WaitGroup
	var mu sync.Mutex
	first.Add(delegations)
	for i := range delegations {
		all.Go(func() {
			answered := sync.OnceFunc(first.Done)
			defer answered()
			for ctx.Err() == nil {
				wait, err := s.ask(ctx, s.names[i%count], fmt.Sprintf("task-%d", i+1))
				answered()
				if err == nil && wait == 0 {
					mu.Lock()
					report.done++
					mu.Unlock()
					return
				}
				if err != nil {
					mu.Lock()
					report.requestsLost++
					mu.Unlock()
				}
				sleep(ctx, wait)
			}
		})
	}
	first.Wait()
	stall.Remove()
	s.say("the daemon recovers")
	all.Wait()
	s.say("%d delegations are done", report.done)
	return ctx.Err()
}

// ask delegates a task once. It answers how long to wait before asking again,
// or 0 when the task is done.
func (s *stage) ask(ctx context.Context, name, task string) (time.Duration, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, fmt.Sprintf("%s/%s/tasks/%s?work=%s", s.url, name, task, work), nil)
	if err != nil {
		return 0, err
	}
	req.Header.Set("Idempotency-Key", task) // an agent begins no task twice
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	resp.Body.Close()
	switch resp.StatusCode {
	case http.StatusOK:
		return 0, nil
	case http.StatusServiceUnavailable:
		seconds, err := strconv.Atoi(resp.Header.Get("Retry-After"))
		return time.Duration(seconds) * time.Second, err
	}
	return 0, fmt.Errorf("%s to %s: status %s", task, name, resp.Status)
}

// killOne kills the container of an agent, and asks that agent until it answers.
func (s *stage) killOne(ctx context.Context) error {
	name := s.names[0]
	if err := s.cli.ContainerKill(ctx, s.config.Prefix+name, "KILL"); err != nil {
		return err
	}
	s.say("%s is killed for real", name)
	for ctx.Err() == nil {
		wait, err := s.ask(ctx, name, "last-task")
		if err == nil && wait == 0 {
			s.say("%s answers again", name)
			return nil
		}
		sleep(ctx, wait)
	}
	return ctx.Err()
}

// lives returns the life of each agent: its container, and when that was started.
func (s *stage) lives(ctx context.Context) ([]string, error) {
	var lives []string
	for _, name := range s.names {
		info, err := s.cli.ContainerInspect(ctx, s.config.Prefix+name)
		if err != nil {
			return nil, err
		}
		lives = append(lives, info.ID+" since "+info.State.StartedAt)
	}
	return lives, nil
}

// lost counts the tasks that agents were given in the first turn, and that were
// gone with their containers.
func (s *stage) lost(before, after []string) int {
	n := 0
	for i := range delegations {
		if before[i%count] != after[i%count] {
			n++
		}
	}
	return n
}

// await waits until an agent answers.
func await(ctx context.Context, agents *provisioner.Provisioner, name string) error {
	for ctx.Err() == nil {
		address, err := agents.Address(ctx, name)
		if err != nil {
			return err
		}
		resp, err := http.Get("http://" + address + "/health")
		if err == nil {
			return resp.Body.Close()
		}
		sleep(ctx, 10*time.Millisecond)
	}
	return ctx.Err()
}

// sleep waits for a while, or until ctx is done.
func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}
