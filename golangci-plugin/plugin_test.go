package plugin

import (
	"strings"
	"testing"

	"github.com/golangci/plugin-module-register/register"
)

// TestSettings reads settings as golangci-lint hands them over.
func TestSettings(t *testing.T) {
	t.Parallel()
	newPlugin, err := register.GetPlugin("errswallow")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		conf any
		want string // of the error, "" for none
	}{
		{nil, ""},
		{map[string]any{"rules": []any{"collapse"}, "query": []any{"(*example.com/rt.Client).Inspect"}, "verbose": true}, ""},
		{map[string]any{"rule": []any{"collapse"}}, `errswallow: decoding settings: json: unknown field "rule"`},
		{map[string]any{"rules": "collapse"}, "errswallow: decoding settings: json: cannot unmarshal string into Go"},
		{map[string]any{"rules": []any{"colapse"}}, `errswallow: -rules: unknown rule "colapse"`},
		{map[string]any{"libraries": []any{"rkt"}}, `errswallow: -libraries: unknown library "rkt"`},
		{map[string]any{"query": []any{"Inspect"}}, `errswallow: -query: "Inspect" is not a full name`},
	} {
		plugin, err := newPlugin(test.conf)
		if test.want != "" {
			if err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("%v: error %v, want %s", test.conf, err, test.want)
			}
			continue
		}
		if err != nil {
			t.Errorf("%v: %v", test.conf, err)
			continue
		}
		analyzers, err := plugin.BuildAnalyzers()
		if err != nil || len(analyzers) != 1 || analyzers[0].Name != "errswallow" || plugin.GetLoadMode() != register.LoadModeTypesInfo {
			t.Errorf("%v: analyzers %v, load mode %s, error %v", test.conf, analyzers, plugin.GetLoadMode(), err)
		}
	}
}
