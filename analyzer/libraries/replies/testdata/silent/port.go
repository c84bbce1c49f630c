package silent

import (
	"net/http"

	"testdata/silent/memory"
)

// A pool without a context, and with a name that says nothing of a client, may be in memory.
type pool interface {
	Conn(id string) (*memory.Conn, error)
}

func connected(p pool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		c, err := p.Conn(r.PathValue("id"))
		if err != nil {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		w.Write([]byte(c.Host))
	}
}

// What is executed, and asks nobody, keeps it.
func registered(p *memory.Pool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		c, err := p.Get(len(r.URL.Path))
		if err != nil {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		w.Write([]byte(c.Host))
	}
}
