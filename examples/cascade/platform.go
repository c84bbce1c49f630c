package main

import (
	"context"
	"net/http"
	"time"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"

	"github.com/errswallow/errswallow/examples/incident"
	"github.com/errswallow/errswallow/faultkit"
	"github.com/errswallow/errswallow/internal/realengine"
	"github.com/errswallow/errswallow/internal/realengine/agent"
	"github.com/errswallow/errswallow/provisioner"
)

// generous is the limit of what is not shown: a machine under load takes its time.
const generous = 5 * time.Minute

// A platform is an engine, and what its containers are made of.
type platform struct {
	host   string
	config provisioner.Config
}

func onReal(engine *realengine.Engine) platform {
	return platform{engine.DaemonHost(), provisioner.Config{
		Image: engine.Image, Prefix: engine.Prefix(), Labels: engine.Labels(), Timeout: generous, Grace: time.Second,
	}}
}

func inProcess() (platform, *faultkit.Engine, error) {
	engine, err := faultkit.NewEngine(func() http.Handler { return agent.New() })
	if err != nil {
		return platform{}, nil, err
	}
	return platform{engine.Host(), provisioner.Config{Timeout: generous, Grace: time.Second}}, engine, nil
}

// A predicate is what the incident is replayed with: who asks the daemon, and acts.
type predicate struct {
	name string
	make func(*client.Client, provisioner.Config) provisioner.Containers
}

var reference = predicate{"the reference: a fault is (true, err)", func(cli *client.Client, config provisioner.Config) provisioner.Containers {
	return provisioner.New(cli, config)
}}

var original = predicate{"the original IsRunning: a fault is (false, nil)", func(cli *client.Client, config provisioner.Config) provisioner.Containers {
	return &asItWas{provisioner.New(cli, config), incident.New(cli), cli, config.Prefix}
}}

// asItWas is the reference with the IsRunning of the incident, and its act: it restarts
// what has that name.
type asItWas struct {
	*provisioner.Provisioner
	incident *incident.Provisioner
	cli      *client.Client
	prefix   string
}

// Look implements provisioner.Containers.
func (o *asItWas) Look(ctx context.Context, workspace string) (provisioner.Verdict, error) {
	running, err := o.incident.IsRunning(ctx, o.prefix+workspace)
	return provisioner.Verdict{ID: o.prefix + workspace, Running: running}, err
}

// Revive implements provisioner.Containers.
func (o *asItWas) Revive(ctx context.Context, workspace string, v provisioner.Verdict) error {
	return o.cli.ContainerRestart(ctx, v.ID, container.StopOptions{})
}

// hasty is somebody who waits for the daemon only so long when it is asked whether a
// container runs.
type hasty struct {
	provisioner.Containers
	patience time.Duration
}

// Look implements provisioner.Containers.
func (h hasty) Look(ctx context.Context, workspace string) (provisioner.Verdict, error) {
	ctx, cancel := context.WithTimeout(ctx, h.patience)
	defer cancel()
	return h.Containers.Look(ctx, workspace)
}
