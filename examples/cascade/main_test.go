package main

import (
	"context"
	"io"
	"testing"

	"github.com/docker/docker/client"

	"github.com/errswallow/errswallow/internal/realengine"
	"github.com/errswallow/errswallow/provisioner/dockerfault"
)

// TestCascade replays the incident on both kinds of engine.
func TestCascade(t *testing.T) {
	t.Run("in process", func(t *testing.T) {
		platform, engine, err := inProcess()
		if err != nil {
			t.Fatal(err)
		}
		defer engine.Close()
		test(t, platform)
	})
	t.Run("real engine", func(t *testing.T) {
		test(t, onReal(realengine.Require(t)))
	})
}

func test(t *testing.T, platform platform) {
	as, err := replay(t.Context(), platform, original, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	be, err := replay(t.Context(), platform, reference, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if !compare(as, be) {
		t.Error("not as it should be: the table is above")
	}
}

// TestOriginal holds the IsRunning of the incident to the contract: it fails under
// every fault, and under nothing else.
func TestOriginal(t *testing.T) {
	platform, engine, err := inProcess()
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	r := &recorder{TB: t}
	dockerfault.Verify(r, func(ctx context.Context, cli *client.Client, id string) (bool, error) {
		return original.make(cli, platform.config).IsRunning(ctx, id)
	})
	if len(r.tables) != 1 {
		t.Fatalf("%d failures, want 1", len(r.tables))
	}
	for _, row := range r.tables[0] {
		if want := !row.WantErr; row.OK() != want {
			t.Errorf("%s: kept %t, want %t", row.Case, row.OK(), want)
		}
	}
}

// recorder is a test that fails without failing this one.
type recorder struct {
	testing.TB
	tables []dockerfault.Table
}

func (*recorder) Helper() {}
func (r *recorder) Errorf(_ string, args ...any) {
	for _, arg := range args {
		if table, ok := arg.(dockerfault.Table); ok {
			r.tables = append(r.tables, table)
		}
	}
}
