package analyzer

// A Result is what the pass says of a package beside its diagnostics: the result of
// [New]'s and [NewAudit]'s analyzers is a *Result.
type Result struct {
	// Asks is how many functions of the package ask for state, those of test files aside.
	Asks int
	// Explanations are of the diagnostics that are about code, in their order.
	Explanations []Explanation
	// Functions are what an audit shows; nil if it is none.
	Functions []*Function
	// Sites are the calls that a test run can make fail, see [NewSites]; nil if nobody asked.
	Sites *Sites
}

// An Explanation tells how a finding comes about.
type Explanation struct {
	// Rule and Evidence are as in [Rules] and [Evidence], Message is the diagnostic's, and
	// Place where that stands.
	Rule     string `json:"rule"`
	Evidence string `json:"evidence"`
	Message  string `json:"message"`
	Place
	// Steps lead from what is supposed to what comes of it, in the order in which it
	// happens; what is told of other objects stands behind the answer.
	Steps []Step `json:"steps"`
}

// A Step is one thing that happens, or is supposed.
type Step struct {
	Kind StepKind `json:"kind"`
	// Text says it, without a full stop.
	Text string `json:"text"`
	Place
}

// A Place is a line of a file, and a column in it: both from 1, the column in bytes.
type Place struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// A StepKind says what a step is.
type StepKind string

// The kinds of steps, in the order in which they come.
const (
	Supposed    StepKind = "supposed"    // the query fails
	Branch      StepKind = "branch"      // a condition goes this way because of it
	Condition   StepKind = "condition"   // another condition goes this way
	Answer      StepKind = "answer"      // what is told, or done
	IfAbsent    StepKind = "absent"      // what an absent object would have been told
	IfFound     StepKind = "found"       // what one that is there would have been told
	Consequence StepKind = "consequence" // what hangs on it
)
