package analyzer

// A Function asks for the state of something, directly or through a function that
// does.
type Function struct {
	// Name is the full name, as [types.Func.FullName] prints it.
	Name    string `json:"name"`
	Package string `json:"package"`
	// File is the file it stands in, Line where it begins and End where it ends.
	File string `json:"file"`
	Line int    `json:"line"`
	End  int    `json:"end"`
	// Queries are what it asks, in source order.
	Queries []Query `json:"queries"`
	// Gates are what it tells absence from a fault by.
	Gates []string `json:"gates,omitempty"`
	// Relies are the functions whose answers about state it calls for.
	Relies []string `json:"relies,omitempty"`
	// Implements are the interface methods that it is called by.
	Implements []string `json:"implements,omitempty"`
	// Callers are the functions that call it, as far as they were analysed.
	Callers []string `json:"callers,omitempty"`
	// Destroys are the calls that cannot be undone, made on the strength of an
	// answer.
	Destroys []Destruction `json:"destroys,omitempty"`
	Verdict  Verdict       `json:"verdict"`
	// Rules are the rules that report it, and Reason is why that is accepted.
	Rules  []string `json:"rules,omitempty"`
	Reason string   `json:"reason,omitempty"`
	// Findings are what they report, and how each comes about.
	Findings []Explanation `json:"findings,omitempty"`
}

// A Query is one call that asks, and what its function answers by how it ends:
// the results as Go writes them, "err" for an error, several ways joined by "or".
type Query struct {
	Call    string `json:"call"`
	Object  string `json:"object,omitempty"`
	Via     string `json:"via,omitempty"` // the function that asks
	Line    int    `json:"line"`
	Running string `json:"running"`
	Stopped string `json:"stopped"`
	Absent  string `json:"absent"`
	Fault   string `json:"fault"`
	// Tests are what became of a fault in a test run, if one is at hand.
	Tests string `json:"tests,omitempty"`
}

// A Destruction is a call that cannot be undone.
type Destruction struct {
	Call  string `json:"call"`
	Where string `json:"where"` // file:line
	// Unsafe reports that a fault leads to it, too.
	Unsafe bool `json:"unsafe"`
}

// A Verdict says what a fault becomes.
type Verdict string

// The verdicts, the worst first.
const (
	Collapses  Verdict = "collapses"  // the verdict of absence, or worse: a rule reports it
	Suppressed Verdict = "suppressed" // the same, and accepted
	Misled     Verdict = "misled"     // it trusts one of these, and destroys something
	Safe       Verdict = "safe"       // nothing that anybody decides by
	Propagates Verdict = "propagates" // an error of the caller's
	FailSafe   Verdict = "fail-safe"  // the opposite verdict, and an error
)
