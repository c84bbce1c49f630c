package inject

import (
	"encoding/xml"
	"fmt"
	"io"

	"github.com/errswallow/errswallow/analyzer"
)

// What CI systems read, as far as it is needed.
// Reference: https://github.com/testmoapp/junitxml
type (
	junitSuites struct {
		XMLName xml.Name     `xml:"testsuites"`
		Suites  []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Skipped  int         `xml:"skipped,attr"`
		Time     string      `xml:"time,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Class   string       `xml:"classname,attr"`
		Name    string       `xml:"name,attr"`
		File    string       `xml:"file,attr"`
		Line    int          `xml:"line,attr"`
		Time    string       `xml:"time,attr"`
		Failure *junitDetail `xml:"failure,omitempty"`
		Skipped *junitDetail `xml:"skipped,omitempty"`
		Out     string       `xml:"system-out,omitempty"`
	}
	junitDetail struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

// JUnit writes a report as JUnit has it: a case a site, one that is destroyed, crashed or
// hung has failed, and one that no test reaches was skipped.
func (r *Report) JUnit(w io.Writer) error {
	suite := junitSuite{Name: "errswallow inject " + r.Fault}
	seconds := 0.0
	for _, s := range r.Sites {
		c := junitCase{Class: s.Package, Name: fmt.Sprintf("%s at %s", s.Call, analyzer.Line((&Site{Site: s.Site}).position())), File: s.File, Line: s.Line, Time: fmt.Sprintf("%.3f", s.Seconds)}
		detail := &junitDetail{Message: s.sentence()}
		switch {
		case s.Verdict.Bad():
			detail.Text = s.whole()
			c.Failure = detail
			suite.Failures++
		case s.Verdict == NotReached || s.Verdict == LeftAlone:
			c.Skipped = detail
			suite.Skipped++
		default:
			c.Out = s.sentence()
		}
		suite.Cases = append(suite.Cases, c)
		seconds += s.Seconds
	}
	suite.Tests, suite.Time = len(suite.Cases), fmt.Sprintf("%.3f", seconds)
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	out := xml.NewEncoder(w)
	out.Indent("", "\t")
	if err := out.Encode(junitSuites{Suites: []junitSuite{suite}}); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
