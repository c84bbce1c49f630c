package predicate

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed messages.txt
var messages string

// A Message is the text of a real error.
type Message struct {
	// Absent is true for the absence of Class, false for the fault Class.
	Absent bool
	Class  string
	// Source is where the text is made, or reported.
	Source string
	Text   string
}

// Messages returns the table of real messages.
var Messages = sync.OnceValue(func() []Message {
	table, err := parseMessages(messages)
	if err != nil {
		panic(err) // embedded: a test reads it
	}
	return table
})

func parseMessages(text string) ([]Message, error) {
	var table []Message
	line := 0
	for raw := range strings.Lines(text) {
		line++
		raw = strings.TrimSpace(raw)
		if raw == "" || strings.HasPrefix(raw, "#") {
			continue
		}
		cells := strings.SplitN(raw, "|", 4)
		if len(cells) != 4 {
			return nil, fmt.Errorf("messages.txt:%d: want four cells, have %d", line, len(cells))
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if cells[0] != "fault" && cells[0] != "absent" {
			return nil, fmt.Errorf("messages.txt:%d: unknown word %q", line, cells[0])
		}
		table = append(table, Message{Absent: cells[0] == "absent", Class: cells[1], Source: cells[2], Text: cells[3]})
	}
	return table, nil
}
