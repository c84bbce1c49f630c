package silent

import "context"

// sessionCache keeps copies.
type sessionCache interface {
	Delete(ctx context.Context, id string) error
}

// templateStore says by how its name begins that it changes something, and asks nobody.
type templateStore interface {
	GetTemplate(ctx context.Context, id string) (*template, error)
	UpdateSyncStatus(ctx context.Context, id string) (*template, error)
}

type template struct{ Name string }

// What is dropped from a cache can be had again.
func dropped(ctx context.Context, cache sessionCache, store templateStore, id string) *template {
	t, err := store.GetTemplate(ctx, id)
	if err != nil {
		_ = cache.Delete(ctx, id)
		return &template{Name: "default"}
	}
	return t
}

func synced(ctx context.Context, store templateStore, id string) bool {
	t, err := store.UpdateSyncStatus(ctx, id)
	return err == nil && t.Name != ""
}
