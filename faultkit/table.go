package faultkit

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"
	"text/tabwriter"
)

// A Row is what came of one case.
type Row struct {
	// Case is what was asked about: running, stopped or absent.
	Case string `json:"case"`
	// Fault is the name of the fault, "" for none. It befell every call, or only the
	// Nth, or only those of a Method.
	Fault  string `json:"fault,omitempty"`
	Nth    int    `json:"nth,omitempty"`
	Method string `json:"method,omitempty"`
	// Answer is what the predicate answered, or what the caller did, and Want what the
	// contract asks for. Err is the error's message.
	Answer string `json:"answer"`
	Want   string `json:"want"`
	Err    string `json:"error,omitempty"`
	// OK says that the contract is kept.
	OK bool `json:"ok"`
	// Note says what is to be known beside it: that the client has hidden the fault by
	// asking again, or why the case was not tried.
	Note string `json:"note,omitempty"`
	// Served are the calls that arrived.
	Served []Entry `json:"served,omitempty"`
}

// Name returns what sets the case apart from others.
func (r Row) Name() string {
	name := r.Case
	if r.Fault != "" {
		name += ", " + r.Fault
	}
	if r.Nth > 0 {
		name += fmt.Sprintf(" at call %d", r.Nth)
	}
	if r.Method != "" {
		name += " of " + r.Method
	}
	return name
}

// A Table is a truth table: what came of every case.
type Table []Row

// OK reports whether the contract is kept in every case.
func (t Table) OK() bool { return t.broken() == 0 }

func (t Table) broken() (n int) {
	for _, r := range t {
		if !r.OK {
			n++
		}
	}
	return n
}

// Broken returns the rows in which the contract is broken.
func (t Table) Broken() Table {
	var rows Table
	for _, r := range t {
		if !r.OK {
			rows = append(rows, r)
		}
	}
	return rows
}

// String returns the table as aligned text, with a cross at each broken row.
func (t Table) String() string {
	var text strings.Builder
	w := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, " \tcase\tanswer\twant\tnote\terror")
	for _, r := range t {
		mark := " "
		if !r.OK {
			mark = "✗"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", mark, r.Name(), r.Answer, r.Want, r.Note, line(r.Err))
	}
	w.Flush()
	return text.String()
}

// line makes a message one line of text, of a length that can be read.
func line(message string) string {
	message = strings.Join(strings.Fields(message), " ")
	if runes := []rune(message); len(runes) > 120 {
		message = string(runes[:120]) + "…"
	}
	return message
}

// JSON returns the table as an array of objects, one a row.
func (t Table) JSON() ([]byte, error) { return json.MarshalIndent(t, "", "\t") }

// JUnit returns the table as a suite of tests with a name, one a row, in the XML
// that CI systems read.
func (t Table) JUnit(suite string) ([]byte, error) {
	type failure struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
	type testcase struct {
		Name    string   `xml:"name,attr"`
		Class   string   `xml:"classname,attr"`
		Failure *failure `xml:"failure,omitempty"`
		Note    string   `xml:"system-out,omitempty"`
	}
	type testsuite struct {
		XMLName  xml.Name   `xml:"testsuite"`
		Name     string     `xml:"name,attr"`
		Tests    int        `xml:"tests,attr"`
		Failures int        `xml:"failures,attr"`
		Cases    []testcase `xml:"testcase"`
	}
	out := testsuite{Name: suite, Tests: len(t), Failures: t.broken()}
	for _, r := range t {
		c := testcase{Name: r.Name(), Class: suite, Note: r.Note}
		if !r.OK {
			var served strings.Builder
			for _, e := range r.Served {
				fmt.Fprintln(&served, e)
			}
			c.Failure = &failure{fmt.Sprintf("%s, want %s", r.Answer, r.Want), r.Err + "\n" + served.String()}
		}
		out.Cases = append(out.Cases, c)
	}
	text, err := xml.MarshalIndent(out, "", "\t")
	return append([]byte(xml.Header), text...), err
}
