// The faultkit command runs a program with a fault between it and the container
// engine:
//
//	faultkit -fault stall -- go test ./...
//
// The program finds the engine by DOCKER_HOST, which is a proxy while it runs.
// faultkit -list names the faults. The exit status is the program's; 2 says that the
// command line is wrong, and 125 that the program was not run.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"

	"github.com/errswallow/errswallow/faultkit"
)

// The exit statuses that are not the program's.
const (
	usage  = 2
	notRun = 125 // as of docker run, and of timeout
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// options are those of the command line.
type options struct {
	list                      bool
	fault                     string
	injection                 faultkit.Injection
	upstream, listen, journal string
	program                   []string
}

// run is the command, and returns its exit status.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	o, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		fmt.Fprintf(stderr, "faultkit: %v\n", err)
		return usage
	}
	if o.list {
		for _, f := range append(faultkit.Faults(), faultkit.Slow) {
			fmt.Fprintln(stdout, f)
		}
		return 0
	}
	status, err := o.run(stdin, stdout, stderr)
	if err != nil {
		fmt.Fprintf(stderr, "faultkit: %v\n", err)
		return notRun
	}
	return status
}

func parse(args []string, stderr io.Writer) (options, error) {
	var o options
	flags := flag.NewFlagSet("faultkit", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: faultkit -fault NAME [flags] -- program [arguments]")
		flags.PrintDefaults()
	}
	flags.BoolVar(&o.list, "list", false, "list the faults, and exit")
	flags.StringVar(&o.fault, "fault", "", "`name` of the fault; a dash in it may stand for a space")
	flags.StringVar(&o.injection.Method, "method", "", "`method` of the calls that it befalls; any, if it is empty")
	flags.StringVar(&o.injection.Path, "path", "", "`pattern` of their paths, without the API's version, such as /containers/*/json")
	flags.IntVar(&o.injection.Nth, "nth", 0, "`number` of the only one of these calls, from 1")
	flags.IntVar(&o.injection.Every, "every", 0, "befall one call of each so `many`")
	flags.IntVar(&o.injection.Count, "count", 0, "befall so `many` calls, and no more")
	flags.StringVar(&o.upstream, "upstream", upstream(), "`host` of the engine, as in DOCKER_HOST")
	flags.StringVar(&o.listen, "listen", "", "`host` to listen at, such as tcp://127.0.0.1:0; a socket of this user's, if it is empty")
	flags.StringVar(&o.journal, "journal", "", "`file` to write the calls to that arrived, as JSON")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if o.program = flags.Args(); o.list {
		return o, nil
	}
	return o, o.check()
}

// check answers an error that names the flag that is wrong.
func (o *options) check() (err error) {
	if o.injection.Fault, err = faultkit.ByName(o.fault); err != nil {
		return fmt.Errorf("-fault: %w", err)
	}
	if o.injection.Fault.String() == faultkit.Canceled.String() {
		return errors.New("-fault: a program is not canceled by its proxy")
	}
	if err := o.injection.Check(); err != nil {
		return err
	}
	if len(o.program) == 0 {
		return errors.New("no program: faultkit -fault stall -- go test ./...")
	}
	return nil
}

// upstream returns the engine that the environment names.
func upstream() string {
	if host := os.Getenv("DOCKER_HOST"); host != "" {
		return host
	}
	return "unix:///var/run/docker.sock"
}

// run runs the program, and returns its exit status. What stops this process stops the
// program, and is waited for: the socket is removed.
func (o *options) run(stdin io.Reader, stdout, stderr io.Writer) (status int, err error) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(signals)
	proxy, err := faultkit.NewProxy(context.Background(), o.upstream, o.listen)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, proxy.Close()) }()
	if err := proxy.Can(o.injection.Fault); err != nil {
		return 0, err
	}
	injected := proxy.Inject(o.injection)
	program := exec.Command(o.program[0], o.program[1:]...)
	program.Stdin, program.Stdout, program.Stderr = stdin, stdout, stderr
	program.Env = environment(proxy.Host())
	if err := program.Start(); err != nil {
		return 0, err
	}
	ended := make(chan error, 1)
	go func() { ended <- program.Wait() }()
	for {
		select {
		case s := <-signals:
			program.Process.Signal(s)
			continue
		case err = <-ended:
		}
		break
	}
	if err != nil && !errors.As(err, new(*exec.ExitError)) {
		return 0, err
	}
	if injected.Hits() == 0 && len(proxy.Journal()) > 0 {
		fmt.Fprintf(stderr, "faultkit: %s befell none of the %d calls that arrived\n", o.injection.Fault, len(proxy.Journal()))
	}
	return exitStatus(program.ProcessState), o.write(proxy.Journal())
}

// exitStatus is that of a shell: 128 and the signal, for what a signal has ended.
func exitStatus(state *os.ProcessState) int {
	if s, ok := state.Sys().(syscall.WaitStatus); ok && s.Signaled() {
		return 128 + int(s.Signal())
	}
	return state.ExitCode()
}

// environment is this process's, with the engine elsewhere, and without what would lead
// around it.
func environment(host string) []string {
	var env []string
	for _, e := range os.Environ() {
		name, _, _ := strings.Cut(e, "=")
		switch name {
		case "DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH", "CONTAINER_HOST":
		default:
			env = append(env, e)
		}
	}
	return append(env, "DOCKER_HOST="+host, "CONTAINER_HOST="+host)
}

// write writes the journal to its file, if there is to be one.
func (o *options) write(journal []faultkit.Entry) error {
	if o.journal == "" {
		return nil
	}
	text, err := json.MarshalIndent(journal, "", "\t")
	if err != nil {
		return err
	}
	if err := os.WriteFile(o.journal, append(text, '\n'), 0o644); err != nil {
		return fmt.Errorf("-journal: %w", err)
	}
	return nil
}
