package silent

import (
	"context"
	"log"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
	"github.com/docker/docker/errdefs"
)

// Who may not is left alone.
func canShrink(ctx context.Context, cli *client.Client, id string) bool {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		log.Print("will not shrink: ", err)
		return false
	}
	return info.State.Running
}

// What is not verified is refused.
func VerifyLabels(ctx context.Context, cli *client.Client, id, want string) bool {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		return false
	}
	return info.Config.Labels["signed"] == want
}

// What is kept is answered instead, and said to be.
func stateOrKept(ctx context.Context, cli *client.Client, id string, kept *container.State) (*container.State, bool, error) {
	info, err := cli.ContainerInspect(ctx, id)
	if err == nil {
		return info.State, false, nil
	}
	if kept == nil {
		return nil, false, err
	}
	return kept, true, nil
}

// -1 says that nobody has counted.
func countRunning(ctx context.Context, cli *client.Client) int {
	list, err := cli.ContainerList(ctx, container.ListOptions{})
	if err != nil && !errdefs.IsNotFound(err) {
		return -1
	}
	return len(list)
}

// What completes a word of a command line is no verdict.
func names(ctx context.Context, cli *client.Client, toComplete string) []string {
	list, err := cli.ContainerList(ctx, container.ListOptions{})
	if err != nil {
		return nil
	}
	var names []string
	for _, c := range list {
		names = append(names, c.ID)
	}
	return names
}

// Who is not known to be trusted is not.
func deviceTrusted(ctx context.Context, cli *client.Client, id string) bool {
	info, err := cli.ContainerInspect(ctx, id)
	return err == nil && info.Config.Labels["trusted"] == "yes"
}

// What is not known to be over is waited for.
func IsDrained(ctx context.Context, cli *client.Client, id string) bool {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		log.Print("asking again: ", err)
		return false
	}
	return !info.State.Running
}

// Nothing was done.
func processOne(ctx context.Context, cli *client.Client, id string) bool {
	info, err := cli.ContainerInspect(ctx, id)
	if err != nil {
		log.Print(err)
		return false
	}
	return info.State.Running
}
