package output

import (
	"fmt"

	"github.com/errswallow/errswallow/internal/load"
)

// Losses says in one line how many packages are analysed in part, and how many not at
// all; "" if all are analysed whole.
func Losses(losses []load.Loss) string {
	part, none := 0, 0
	for _, l := range losses {
		switch {
		case l.All:
			none++
		case l.Partial():
			part++
		}
	}
	switch {
	case part+none == 0:
		return ""
	case none == 0:
		return plural(part, "package") + " analysed in part"
	case part == 0:
		return plural(none, "package") + " not analysed at all"
	}
	return fmt.Sprintf("%s analysed in part, %d not at all", plural(part, "package"), none)
}

// LeftOut words a function that is not analysed, or not as a whole.
func LeftOut(f load.Function) load.Fault {
	part := ""
	if f.Part {
		part = " in part"
	}
	return load.Fault{Pos: f.Pos, Text: fmt.Sprintf("%s is left out%s: %s", f.Name, part, f.Why)}
}
