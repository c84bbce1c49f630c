// Package elements answers a list of structs that hold an answer: a field of an element is
// no element.
package elements

//errswallow:catalogue query testdata/odd/elements.Ask * error=dropped

type Target struct {
	Kind int64
	Text string
}

type Port struct {
	Name   string
	Number int32
	Target Target
	Proto  string
}

func Ask(n int) Target { return Target{} }

func Ports() []Port {
	return []Port{{Name: "b", Number: 6800, Target: Ask(1), Proto: "x"}}
}
