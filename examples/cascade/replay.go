package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/docker/docker/client"
	"go.opentelemetry.io/otel/metric/noop"

	"github.com/errswallow/errswallow/provisioner"
	"github.com/errswallow/errswallow/provisioner/dockerfault"
)

const (
	agents      = 6
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
	faults     *dockerfault.Proxy
	containers provisioner.Containers
	supervisor *provisioner.Supervisor
	url        string // of the proxy for delegations
	names      []string
}

// replay runs the incident with one predicate and writes its timeline.
func replay(ctx context.Context, platform platform, predicate predicate, w io.Writer) (_ *report, err error) {
	faults, err := dockerfault.NewProxy(ctx, platform.host, "tcp://127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	defer faults.Close()
	cli, err := faults.Client()
	if err != nil {
		return nil, err
	}
	defer cli.Close()
	direct, err := client.NewClientWithOpts(client.WithHost(platform.host), client.WithAPIVersionNegotiation())
	if err != nil {
		return nil, err
	}
	defer direct.Close()

	s := &stage{timeline: newTimeline(w), cli: direct, config: platform.config, faults: faults}
	s.containers = predicate.make(cli, platform.config)
	telemetry, err := provisioner.NewTelemetry(slog.New(s.timeline), noop.Meter{})
	if err != nil {
		return nil, err
	}
	s.supervisor = provisioner.NewSupervisor(s.containers, telemetry)
	monitor := provisioner.NewMonitor(s.supervisor, provisioner.MonitorConfig{Interval: time.Second, TTL: 6 * time.Second})
	proxy := provisioner.NewProxy(s.supervisor, provisioner.ProxyConfig{
		Attempts: 2, Attempt: work / 5, Backoff: 50 * time.Millisecond, RetryAfter: time.Second,
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	server := &http.Server{Handler: proxy}
	go server.Serve(l)
	defer server.Close()
	s.url = "http://" + l.Addr().String()

	watch := provisioner.New(direct, platform.config)
	for i := range agents {
		name := fmt.Sprintf("agent-%d", i+1)
		s.names = append(s.names, name)
		defer watch.Remove(context.WithoutCancel(ctx), name)
		if err := watch.Start(ctx, name); err != nil {
			return nil, err
		}
		if err := s.await(ctx, name); err != nil {
			return nil, err
		}
		s.supervisor.Watch(name)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go monitor.Run(ctx)
	defer s.supervisor.Wait()

	before, err := s.ids(ctx)
	if err != nil {
		return nil, err
	}
	s.say("%d agents run, in containers %s", agents, strings.Join(before, " "))
	report := &report{}
	if err := s.delegate(ctx, report); err != nil {
		return nil, err
	}
	s.supervisor.Wait()
	after, err := s.ids(ctx)
	if err != nil {
		return nil, err
	}
	for i := range before {
		if before[i] != after[i] {
			report.healthyRestarted++
		}
	}
	s.say("the containers are %s: %d of %d were healthy and are gone", strings.Join(after, " "), report.healthyRestarted, agents)
	// An agent that was restarted has lost what the first turn had given it.
	report.tasksLost = s.lost(before, after)

	restarts := s.count("dead container restarted")
	if err := s.killOne(ctx); err != nil {
		return nil, err
	}
	report.deadRestarted = s.count("dead container restarted") - restarts
	report.faults = s.count("engine did not say")
	report.busy = s.count("request answered busy")
	return report, nil
}

// delegate sends all delegations at once while the daemon stalls, lets it recover
// once each was answered, and has the callers come back until all are done.
func (s *stage) delegate(ctx context.Context, report *report) error {
	stall := s.faults.Inject(dockerfault.Injection{Fault: dockerfault.Stall, Method: "GET", Path: "/containers/*/json"})
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
				wait, err := s.ask(ctx, s.names[i%agents], fmt.Sprintf("task-%d", i+1))
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
				time.Sleep(wait)
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
		time.Sleep(wait)
	}
	return ctx.Err()
}

// ids returns the short ids of the agents' containers.
func (s *stage) ids(ctx context.Context) ([]string, error) {
	var ids []string
	for _, name := range s.names {
		info, err := s.cli.ContainerInspect(ctx, s.config.Prefix+name)
		if err != nil {
			return nil, err
		}
		ids = append(ids, info.ID[:12])
	}
	return ids, nil
}

// lost counts the tasks that agents were given in the first turn, and that were
// gone with their containers.
func (s *stage) lost(before, after []string) int {
	n := 0
	for i := range delegations {
		if before[i%agents] != after[i%agents] {
			n++
		}
	}
	return n
}

// await waits until an agent answers.
func (s *stage) await(ctx context.Context, name string) error {
	for ctx.Err() == nil {
		address, err := s.containers.Address(ctx, name)
		if err != nil {
			return err
		}
		resp, err := http.Get("http://" + address + "/health")
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(10 * time.Millisecond)
	}
	return ctx.Err()
}
