package main

import (
	"context"
	"net/http"
	"time"

	"github.com/docker/docker/client"

	"github.com/errswallow/errswallow/examples/incident"
	"github.com/errswallow/errswallow/internal/agent"
	"github.com/errswallow/errswallow/internal/realengine"
	"github.com/errswallow/errswallow/provisioner"
	"github.com/errswallow/errswallow/provisioner/dockerfault"
)

// timeout is how long the provisioners wait for the daemon.
const timeout = time.Second

// A platform is an engine, and what its containers are made of.
type platform struct {
	host   string
	config provisioner.Config
}

func onReal(engine *realengine.Engine) platform {
	return platform{engine.DaemonHost(), provisioner.Config{
		Image: engine.Image, Prefix: engine.Prefix(), Labels: engine.Labels(), Timeout: timeout, Grace: time.Second,
	}}
}

func inProcess() (platform, *dockerfault.Engine, error) {
	engine, err := dockerfault.NewEngine(func() http.Handler { return agent.New() })
	if err != nil {
		return platform{}, nil, err
	}
	return platform{engine.Host(), provisioner.Config{Timeout: timeout, Grace: time.Second}}, engine, nil
}

// A predicate is an IsRunning to replay the incident with.
type predicate struct {
	name string
	make func(*client.Client, provisioner.Config) provisioner.Containers
}

var reference = predicate{"the reference: a fault is (true, err)", func(cli *client.Client, config provisioner.Config) provisioner.Containers {
	return provisioner.New(cli, config)
}}

var original = predicate{"the original IsRunning: a fault is (false, nil)", func(cli *client.Client, config provisioner.Config) provisioner.Containers {
	return &asItWas{provisioner.New(cli, config), incident.New(cli), config.Prefix}
}}

// asItWas is the reference with the IsRunning of the incident, which had the same
// deadline.
type asItWas struct {
	*provisioner.Provisioner
	incident *incident.Provisioner
	prefix   string
}

// IsRunning implements provisioner.Containers.
func (o *asItWas) IsRunning(ctx context.Context, workspace string) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	return o.incident.IsRunning(ctx, o.prefix+workspace)
}
