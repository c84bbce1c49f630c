package fires

import (
	"encoding/json"
	"errors"
	"net"
	"net/http"

	"github.com/docker/docker/client"
)

// present takes what the network says for what was asked wrongly.
func present(w http.ResponseWriter, err error) bool {
	var syntax *json.SyntaxError
	var refused *net.OpError
	switch {
	case err == nil:
		return false
	case errors.As(err, &syntax), errors.As(err, &refused):
		w.WriteHeader(http.StatusBadRequest)
	default:
		w.WriteHeader(http.StatusInternalServerError)
	}
	return true
}

func serve(cli *client.Client) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		info, err := cli.ContainerInspect(r.Context(), r.PathValue("id"))
		if present(w, err) { // want `serve: replies 400, as for a container that does not exist, when ContainerInspect times out \(collapse\)`
			return
		}
		w.Write([]byte(info.ID))
	}
}
