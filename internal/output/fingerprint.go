package output

import (
	"crypto/sha256"
	"fmt"

	"github.com/errswallow/errswallow/internal/finding"
)

// fingerprint names the kind of fingerprint: another way to compute it gets
// another name.
const fingerprint = "ruleFunctionOrdinal/v1"

// fingerprints returns a function that makes fingerprints of findings that it is handed in
// their order. One is made of the rule, the function, and which of its findings it is: it
// stays when lines move.
func fingerprints() func(*finding.Finding) string {
	ordinal := map[string]int{}
	return func(f *finding.Finding) string {
		key := f.Category + " " + f.Function
		ordinal[key]++
		sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", key, ordinal[key]))
		return fmt.Sprintf("%x", sum[:16])
	}
}
