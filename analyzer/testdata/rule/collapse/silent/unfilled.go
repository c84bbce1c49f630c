package silent

import (
	"encoding/json"
	"net/http"
	"os"

	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

// The server says that it failed, or what failed.
func listMounts(w http.ResponseWriter, r *http.Request, cli *client.Client) {
	c, err := cli.ContainerInspect(r.Context(), r.PathValue("id"))
	if err != nil {
		writeJSON(w, http.StatusBadGateway, map[string]any{"mounts": []any{}, "total": 0})
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{"mounts": c.Mounts, "total": len(c.Mounts)})
}

func showMounts(w http.ResponseWriter, r *http.Request, cli *client.Client) {
	c, err := cli.ContainerInspect(r.Context(), r.PathValue("id"))
	if err != nil {
		writeJSON(w, http.StatusOK, map[string]any{"error": err.Error()})
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{"mounts": c.Mounts})
}

// Nothing is answered of a container that is there, either.
func touch(w http.ResponseWriter, r *http.Request, cli *client.Client) {
	if _, err := cli.ContainerInspect(r.Context(), r.PathValue("id")); err != nil {
		writeJSON(w, http.StatusOK, map[string]any{})
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{})
}

func writeJSON(w http.ResponseWriter, status int, data any) {
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(data)
}

// What cannot be asked is unavailable.
func up(w http.ResponseWriter, r *http.Request, cli *client.Client) {
	c, err := cli.ContainerInspect(r.Context(), r.PathValue("id"))
	if err != nil {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_ = json.NewEncoder(w).Encode(map[string]bool{"running": err == nil && c.State.Running})
}

// Who asked is shown the error, with whatever status: nothing was removed, and that is said.
func removeShown(w http.ResponseWriter, r *http.Request, cli *client.Client) {
	c, err := cli.ContainerInspect(r.Context(), r.PathValue("id"))
	if err != nil {
		writeJSON(w, http.StatusOK, shown(err))
		return
	}
	if err := cli.ContainerRemove(r.Context(), c.ID, container.RemoveOptions{}); err != nil {
		writeJSON(w, http.StatusOK, shown(err))
		return
	}
	writeJSON(w, http.StatusOK, shown(nil))
}

type outcome struct{ Failed string }

func shown(err error) *outcome {
	if err == nil {
		return &outcome{}
	}
	return &outcome{Failed: err.Error()}
}

// A part of it says that it is no answer.
func showSuccess(w http.ResponseWriter, r *http.Request, cli *client.Client) {
	c, err := cli.ContainerInspect(r.Context(), r.PathValue("id"))
	if err != nil {
		writeJSON(w, http.StatusOK, map[string]any{"success": false, "data": nil})
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{"success": true, "data": c.Mounts})
}

// Nobody is answered by what is written to a file.
func dump(f *os.File, r *http.Request, cli *client.Client) {
	c, err := cli.ContainerInspect(r.Context(), r.PathValue("id"))
	if err != nil {
		_ = json.NewEncoder(f).Encode(map[string]any{})
		return
	}
	_ = json.NewEncoder(f).Encode(map[string]any{"mounts": c.Mounts})
}
