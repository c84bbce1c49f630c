package fires

import (
	"context"
	"net/http"
)

type conn struct{ host string }

type pool interface {
	Reach(ctx context.Context, id string) (*conn, error)
}

func connected(p pool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		c, err := p.Reach(r.Context(), r.PathValue("id"))
		if err != nil {
			w.WriteHeader(http.StatusNotFound) // want `connected: replies 404, as for a resource that does not exist, when Reach times out \(collapse\)`
			return
		}
		w.Write([]byte(c.host))
	}
}
