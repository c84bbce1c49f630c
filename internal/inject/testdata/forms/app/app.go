// Package app asks in every form in which a call can be written.
package app

import (
	"errors"
	"os/exec"
	"time"

	"example.com/forms/rt"
)

var client = &rt.Client{}

// Multi has several results.
func Multi(id string) error {
	if _, err := client.Inspect(id); err != nil {
		return client.Remove(id)
	}
	return nil
}

// Making makes a second one.
func Making(id string) {
	if _, err := client.Inspect(id); err != nil {
		client.Create(id)
	}
}

// Unnamed answers a struct that has no name, of several arguments.
func Unnamed(ids ...string) error {
	if _, m, _ := client.Sort(ids...); !m.Running {
		return client.Remove(ids[0])
	}
	return nil
}

// Hidden answers a type that this package cannot name.
func Hidden(id string) error {
	if m, _ := client.Odd(id); !m.Running {
		return client.Remove(id)
	}
	return nil
}

// Beside looks at an object that is there beside an error.
func Beside(id string) error {
	m, _ := client.Typed(id)
	if !m.Running {
		return client.Remove(id)
	}
	return nil
}

// Out is answered through an argument, which is false before.
func Out(id string) error {
	var m rt.Machine
	client.Load(id, &m)
	if !m.Running {
		return client.Remove(id)
	}
	return nil
}

// OutStays is answered through an argument, which is true before.
func OutStays(id string) error {
	m := rt.Machine{Running: true}
	client.Load(id, &m)
	if !m.Running {
		return client.Remove(id)
	}
	return nil
}

// Scanned is answered through all its arguments; a row that is not read stays open.
func Scanned(row *rt.Row) error {
	var running bool
	err := row.Scan(&running)
	if row.Open {
		panic("the row is open")
	}
	if err != nil {
		return client.Remove("")
	}
	return nil
}

type store struct{ *rt.DB }

// Chain has its error in a field.
func Chain(db *rt.DB) error {
	var m rt.Machine
	answer := db.Where("id").
		Where("name").
		First(&m)
	if answer.Error != nil && answer.Table == "machines" {
		return client.Remove("")
	}
	return nil
}

// Embedded has a chain in it, and answers something else than that.
func Embedded(s store) error {
	var m rt.Machine
	if s.Last(&m).Error != nil {
		return client.Remove("")
	}
	return nil
}

// Valued is called on a value.
func Valued(db rt.DB) error {
	var m rt.Machine
	if db.First(&m, "a").Error != nil {
		return client.Remove("")
	}
	return nil
}

// Dropped has no error to look at.
func Dropped(r rt.Reply) error {
	if !r.Val() {
		return client.Remove("")
	}
	return nil
}

// Command runs a command line.
func Command(id string) error {
	if err := exec.Command("docker", "inspect", id).Run(); err != nil {
		return exec.Command("docker", "rm", id).Run()
	}
	return nil
}

// Printed runs one for what it prints, and tells what does not start from what is absent.
func Printed(id string) error {
	_, err := exec.Command("docker", "inspect",
		id).
		Output()
	if errors.As(err, new(*exec.ExitError)) {
		return exec.Command("docker", "rm", id).Run()
	}
	return err
}

// Helped runs one by a helper.
func Helped(id string) error {
	if _, err := run("inspect", id); err != nil {
		run("rm", id)
	}
	return nil
}

func run(args ...string) (string, error) {
	out, err := exec.Command("docker", args...).Output()
	return string(out), err
}

// Going asks beside, and Deferred last.
func Going(id string) {
	done := make(chan bool)
	go func() {
		defer close(done)
		go client.Inspect(id)
	}()
	<-done
}

// Deferred asks last.
func Deferred(id string) {
	defer client.Inspect(id)
}

// Beyond asks in another goroutine than the test's.
func Beyond(id string) error {
	done := make(chan error)
	go func() {
		_, err := client.Inspect(id)
		if err != nil {
			client.Remove(id)
		}
		done <- nil
	}()
	return <-done
}

// Instance asks a generic function, and Inferred leaves the type to the compiler.
func Instance() error {
	if _, err := rt.Get[*rt.Machine](func() *rt.Machine { return nil }); err != nil {
		return client.Remove("")
	}
	return nil
}

// Inferred leaves the type to the compiler.
func Inferred(id string) error {
	var m rt.Machine
	if err := rt.Fetch(id, &m); err != nil {
		return client.Remove("")
	}
	return nil
}

// Generic is generic itself.
func Generic[T any](make func() T) error {
	if _, err := rt.Get(make); err != nil {
		return client.Remove("")
	}
	return nil
}

// Variable calls a variable.
func Variable(id string) error {
	if running, _ := rt.Lookup(id); !running {
		return client.Remove(id)
	}
	return nil
}

// A variable of the package asks before any test begins.
var first, _ = rt.Lookup("first")

// First removes what was not there in the beginning.
func First() error {
	if !first {
		return client.Remove("first")
	}
	return nil
}

// Literal asks in a func literal in a variable.
var Literal = func(id string) error {
	if _, err := client.Inspect(id); err != nil {
		return client.Remove(id)
	}
	return nil
}

// Nested asks in the argument of a call.
func Nested(id string) error {
	return errors.Join(func() error { _, err := client.Inspect(id); return err }(), client.Load(id, &rt.Machine{}))
}

// Crashing does not look at the error.
func Crashing(id string) bool {
	m, _ := client.Find(id)
	return m.Running
}

// Careless answers nil, and a test of it does not look.
func Careless(id string) *rt.Machine {
	m, _ := client.Find(id)
	return m
}

// Waiting asks until it is answered.
func Waiting(id string) {
	for {
		if _, err := client.Inspect(id); err == nil {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

// Stuck waits for what never comes.
func Stuck(id string) {
	if _, err := client.Inspect(id); err != nil {
		select {}
	}
}

// Unnoticed is of no consequence, as far as anybody tests.
func Unnoticed(id string) bool {
	m, err := client.Inspect(id)
	return err == nil && m.Running
}

// Told tells a fault from absence.
func Told(id string) (bool, error) {
	_, err := client.Inspect(id)
	if rt.IsGone(err) {
		return false, nil
	}
	return true, err
}

// Safe does, too, and its caller does nothing under a fault.
func Safe(id string) error {
	if _, err := client.Inspect(id); rt.IsGone(err) {
		return client.Remove(id)
	}
	return nil
}

// Listed takes an empty list for absence.
func Listed() error {
	all, _ := client.List()
	if len(all) == 0 {
		return client.Remove("")
	}
	return nil
}

// A Prober is asked through an interface.
type Prober interface{ Probe(id string) (bool, error) }

type prober struct{ c *rt.Client }

func (p prober) Probe(id string) (bool, error) {
	m, err := p.c.Inspect(id)
	return m.Running, err
}

// Through asks what may be the runtime, or a fake.
func Through(p Prober, id string) error {
	if running, err := p.Probe(id); err != nil || !running {
		return client.Remove(id)
	}
	return nil
}

// Real asks the runtime.
func Real(id string) error { return asked(prober{client}, id) }

func asked(p Prober, id string) error {
	_, err := p.Probe(id)
	return err
}

// Unreached is of no test.
func Unreached(id string) error {
	_, err := client.Inspect(id)
	return err
}

// Failing is of a test that fails.
func Failing(id string) error {
	_, err := client.Inspect(id)
	return err
}

// An API is not in the catalogue: what it is asked beside a call that forgets is a query.
type API interface {
	ReadDomain(id string) (string, error)
}

// Forgets forgets what it could not read.
func Forgets(api API, r *rt.Resource) {
	name, err := api.ReadDomain(r.ID)
	if err != nil {
		r.SetId("")
		return
	}
	r.SetId(name)
}

// A Shape is a type, and a variable.
type Shape struct{}

// Shadowed has a variable that is called as its type is: nobody can spell that there.
func Shadowed(id string) error {
	Shape := Shape{}
	return rt.Fetch(id, &Shape)
}

// TakesBack makes something, cannot see it, and takes it back.
func TakesBack(id string) error {
	client.Create(id)
	if _, err := client.Inspect(id); err != nil {
		return client.Remove(id)
	}
	return nil
}

// Replaces makes something elsewhere, and removes what it did not make.
func Replaces(id string) error {
	client.Create("other")
	return check(id)
}

func check(id string) error {
	if _, err := client.Inspect(id); err != nil {
		return client.Remove(id)
	}
	return nil
}

// Signals asks through what is handed in, and tells nobody.
func Signals(c interface {
	Inspect(id string) (rt.Machine, error)
}) {
	c.Inspect("a")
}
