package fires

import (
	"encoding/json"
	"net/http"

	"github.com/docker/docker/client"
)

// All is well, a caller is told, and there is nothing.
func listMounts(w http.ResponseWriter, r *http.Request, cli *client.Client) {
	c, err := cli.ContainerInspect(r.Context(), r.PathValue("id"))
	if err != nil {
		writeJSON(w, http.StatusOK, map[string]any{"mounts": []any{}, "total": 0}) // want `listMounts: replies with a map of zero values, as for a container that does not exist, when ContainerInspect times out \(collapse\)`
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{"mounts": c.Mounts, "total": len(c.Mounts)})
}

func showMounts(w http.ResponseWriter, r *http.Request, cli *client.Client) {
	c, err := cli.ContainerInspect(r.Context(), r.PathValue("id"))
	if err != nil {
		writeJSON(w, http.StatusOK, mounts{}) // want `showMounts: replies with fires.mounts\{\}, as for a container that does not exist, when ContainerInspect times out \(collapse\)`
		return
	}
	writeJSON(w, http.StatusOK, mounts{Of: c.ID, Number: len(c.Mounts)})
}

type mounts struct {
	Of     string
	Number int
}

func writeJSON(w http.ResponseWriter, status int, data any) {
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(data)
}

// A reply that names no status is 200.
func up(w http.ResponseWriter, r *http.Request, cli *client.Client) {
	c, err := cli.ContainerInspect(r.Context(), r.PathValue("id"))
	_ = json.NewEncoder(w).Encode(map[string]bool{"running": err == nil && c.State.Running}) // want `up: replies with a map of zero values, as for a container that does not exist, when ContainerInspect times out \(collapse\)`
}
