// Package sarif has the part of SARIF 2.1.0 that errswallow writes, as types that
// encoding/json knows. A library for all of it validates, too, and loads schemas over the
// network for that: net/http and TLS would be a third of the command.
//
// Reference: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
package sarif

// Version is that of the format, and Schema where that is defined.
const (
	Version = "2.1.0"
	Schema  = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

// A Log is a file.
type Log struct {
	Schema  string `json:"$schema"`
	Version string `json:"version"`
	Runs    []Run  `json:"runs"`
}

// A Run is what one run of a tool has to say.
type Run struct {
	Tool        Tool         `json:"tool"`
	Invocations []Invocation `json:"invocations"`
	// ColumnKind says what columns count.
	ColumnKind string `json:"columnKind"`
	// Results are never null: that would say that nothing was analysed.
	Results []Result `json:"results"`
}

// A Tool is what has run.
type Tool struct {
	Driver Driver `json:"driver"`
}

// A Driver is the tool itself.
type Driver struct {
	Name           string `json:"name"`
	Version        string `json:"version"`
	InformationURI string `json:"informationUri"`
	Rules          []Rule `json:"rules"`
}

// A Rule is one that results are of.
type Rule struct {
	ID                   string         `json:"id"`
	Name                 string         `json:"name"`
	ShortDescription     Text           `json:"shortDescription"`
	FullDescription      Text           `json:"fullDescription"`
	Help                 Text           `json:"help"`
	HelpURI              string         `json:"helpUri"`
	DefaultConfiguration Configuration  `json:"defaultConfiguration"`
	Properties           RuleProperties `json:"properties"`
}

// A Configuration is how a rule is reported.
type Configuration struct {
	Level string `json:"level"`
}

// RuleProperties are those that code scanning on GitHub shows.
type RuleProperties struct {
	Tags []string `json:"tags"`
	// Precision is "very-high", "high", "medium" or "low".
	Precision string `json:"precision"`
	// Severity is "error", "warning" or "recommendation".
	Severity string `json:"problem.severity"`
}

// A Text is plain, and in Markdown where that says more.
type Text struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown,omitempty"`
}

// An Invocation says whether the tool could do its work, and what it could not.
type Invocation struct {
	ExecutionSuccessful bool           `json:"executionSuccessful"`
	Notifications       []Notification `json:"toolExecutionNotifications,omitempty"`
}

// A Notification is about the run, and not about the code.
type Notification struct {
	Level     string     `json:"level"`
	Message   Text       `json:"message"`
	Locations []Location `json:"locations,omitempty"`
}

// A Result is a finding.
type Result struct {
	RuleID    string `json:"ruleId"`
	RuleIndex int    `json:"ruleIndex"`
	// Level is "error", "warning" or "note"; Rank is from 0 to 100, the gravest.
	Level               string            `json:"level"`
	Rank                float64           `json:"rank"`
	Message             Text              `json:"message"`
	Locations           []Location        `json:"locations"`
	RelatedLocations    []Location        `json:"relatedLocations,omitempty"`
	CodeFlows           []CodeFlow        `json:"codeFlows,omitempty"`
	PartialFingerprints map[string]string `json:"partialFingerprints"`
	Fixes               []Fix             `json:"fixes,omitempty"`
	Properties          ResultProperties  `json:"properties"`
}

// ResultProperties are what the format has no word for.
type ResultProperties struct {
	Evidence string `json:"evidence"`
	Function string `json:"function"`
}

// A Location is a place, and what is to be said of it.
type Location struct {
	ID       *int             `json:"id,omitempty"`
	Message  *Text            `json:"message,omitempty"`
	Physical PhysicalLocation `json:"physicalLocation"`
}

// A PhysicalLocation is a region of a file.
type PhysicalLocation struct {
	Artifact Artifact `json:"artifactLocation"`
	Region   Region   `json:"region"`
}

// An Artifact is a file: relative to what BaseID names, if that is not empty.
type Artifact struct {
	URI    string `json:"uri"`
	BaseID string `json:"uriBaseId,omitempty"`
}

// A Region is from 1, and its end is behind it.
type Region struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn"`
	EndLine     int `json:"endLine"`
	EndColumn   int `json:"endColumn"`
}

// A CodeFlow tells how a finding comes about.
type CodeFlow struct {
	Message     Text         `json:"message"`
	ThreadFlows []ThreadFlow `json:"threadFlows"`
}

// A ThreadFlow is places in the order in which they come.
type ThreadFlow struct {
	Locations []Step `json:"locations"`
}

// A Step is one place on the way.
type Step struct {
	Location   Location `json:"location"`
	Kinds      []string `json:"kinds"`
	Importance string   `json:"importance"`
}

// A Fix is one way to mend a finding.
type Fix struct {
	Description Text     `json:"description"`
	Changes     []Change `json:"artifactChanges"`
}

// A Change is what a fix does to one file.
type Change struct {
	Artifact     Artifact      `json:"artifactLocation"`
	Replacements []Replacement `json:"replacements"`
}

// A Replacement has one text in the place of another.
type Replacement struct {
	Deleted  Region `json:"deletedRegion"`
	Inserted Text   `json:"insertedContent"`
}
