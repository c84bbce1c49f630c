// Package provisioner runs each workspace's agent in a container of its own, and
// never restarts a healthy one because the Docker daemon did not answer. It is
// the corrected form of the code that did: on 2026-04-16 six at once.
//
// # Contract
//
//	what ContainerInspect says                     IsRunning answers  the caller
//	found, running                                 (true, nil)        does nothing
//	found, paused: somebody wanted that            (true, nil)        does nothing
//	found, restarting: the engine does it          (true, nil)        does nothing
//	found, removing: it is not over                (true, nil)        does nothing
//	found, created a moment ago                    (true, nil)        does nothing: a start may be in progress
//	found, created, and not started since          (false, nil)       starts it
//	found, exited, with whatever code, or OOM      (false, nil)       starts it
//	found, dead: the engine could not remove it    (false, nil)       starts it, which fails; puts another in its place
//	"No such container: " and this very name       (false, nil)       creates it
//	any other 404: of a proxy, a node, an image    (true, err)        stays on the alive path, logs and counts err
//	200, and null, {}, no state, one not known     (true, err)        the same
//	200, and another container, or no id           (true, err)        the same
//	anything else: a deadline, EOF, 503, ...       (true, err)        the same
//
// A caller that ignores the error does no harm; one that looks at it knows more.
//
// # Whose words
//
// The words of absence are those of moby's daemon, and of podman's behind the same API:
//
//	No such container: NAME
//	no container with name or ID "NAME" found: no such container
//
// with status 404, letter for letter, and NAME what was asked for. All else that podman
// answers with 404 is a fault: more than one result, a pod of that name, an image; and so
// is its "cause" alone, which is of no name. An engine of other words (older podmans, that
// did not quote the name) is one whose containers are never certainly absent: nothing is
// created there that was not seen. podman's states arrive in Docker's words (stopping as
// running, stopped as exited); one that podman has no word for is a fault unless it runs.
//
// # Verdicts and acts
//
// An answer is a [Verdict] of one container, by its id, as it was started then.
// [Provisioner.Revive] acts on that id, after one more look; if anything has
// changed, it does nothing. An act has succeeded when the engine shows it: its client
// takes for success any status below 400, the page of a load balancer's, too.
//
// # Parts
//
// A [Provisioner] starts, stops, restarts and removes the containers. A
// [Supervisor] is the only one that brings back a container that nobody asked to
// bring back, and it asks first. Two parts ask it: the [Proxy], when it cannot
// forward a request, and the [Monitor], when an agent is silent. [Telemetry] makes
// what they met visible.
//
// # Who is trusted
//
// The Proxy and the Monitor believe who calls them. The handler in front of the
// Proxy says who may ask what of whom; whoever passes heartbeats on makes sure that
// they are the agent's. A name that nobody watches is answered, and not remembered.
package provisioner
