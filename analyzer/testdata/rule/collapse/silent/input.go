package silent

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/docker/docker/client"
)

// present blames who asked where what was asked is wrong: no time-out is that.
func present(w http.ResponseWriter, err error) bool {
	var syntax *json.SyntaxError
	switch {
	case err == nil:
		return false
	case errors.As(err, &syntax):
		w.WriteHeader(http.StatusBadRequest)
	default:
		w.WriteHeader(http.StatusInternalServerError)
	}
	return true
}

func serve(cli *client.Client) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		info, err := cli.ContainerInspect(r.Context(), r.PathValue("id"))
		if present(w, err) {
			return
		}
		w.Write([]byte(info.ID))
	}
}
