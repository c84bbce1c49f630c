package main

import (
	"context"
	"io"
	"testing"

	"github.com/errswallow/errswallow/examples/incident"
	"github.com/errswallow/errswallow/faultkit"
	"github.com/errswallow/errswallow/internal/realengine"
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
// every fault that the client has an error for, and under nothing else.
func TestOriginal(t *testing.T) {
	target := faultkit.InProcess(t)
	table, err := faultkit.Try[bool](t.Context(), target, func(ctx context.Context, host, id string) (bool, error) {
		cli, err := dial(host)
		if err != nil {
			return true, err
		}
		defer cli.Close()
		return incident.New(cli).IsRunning(ctx, id)
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range table {
		faulty := row.Fault != "" && row.Fault != faultkit.Slow.String() && row.Note == ""
		if row.OK == faulty {
			t.Errorf("%s: kept %t, answer %s", row.Name(), row.OK, row.Answer)
		}
	}
}
