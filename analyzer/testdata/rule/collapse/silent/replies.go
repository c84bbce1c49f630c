package silent

import (
	"encoding/json"
	"net/http"

	"github.com/containerd/errdefs"
	"github.com/docker/docker/client"
)

func fail(w http.ResponseWriter, text string, code int) {
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(map[string]string{"error": text})
}

func broken(w http.ResponseWriter) { fail(w, "the daemon does not answer", http.StatusBadGateway) }

func Stop(cli *client.Client, w http.ResponseWriter, r *http.Request) {
	_, err := cli.ContainerInspect(r.Context(), r.PathValue("id"))
	if errdefs.IsNotFound(err) {
		fail(w, "no such container", 404)
		return
	}
	if err != nil {
		fail(w, err.Error(), 500)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func Logs(cli *client.Client, w http.ResponseWriter, r *http.Request) {
	if _, err := cli.ContainerInspect(r.Context(), r.PathValue("id")); err != nil {
		broken(w)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
