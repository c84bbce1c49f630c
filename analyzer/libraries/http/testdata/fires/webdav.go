package fires

import (
	"context"
	"net/http"
)

// WebDAV asks by a method of its own.
func FileExists(ctx context.Context, c *http.Client, url string) (bool, error) {
	req, err := http.NewRequestWithContext(ctx, "PROPFIND", url, nil)
	if err != nil {
		return false, err
	}
	resp, err := c.Do(req)
	if err != nil {
		return false, err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 300 {
		return false, nil // want `FileExists: answers \(false, nil\), as for a resource that does not exist, when Do answers 503 \(collapse\)`
	}
	return true, nil
}
