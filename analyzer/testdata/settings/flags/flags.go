// Package flags has a client that only the flags know.
package flags

type Client struct{}

func (c *Client) Inspect(id string) (bool, error) { return false, nil }
func (c *Client) Drop(id string) error            { return nil }
func Gone(err error) bool                         { return false }
func Name() string                                { return "" }

func Collapsed(c *Client, id string) bool {
	_, err := c.Inspect(id)
	return err == nil // want `Collapsed: answers false, .* when Inspect times out \(collapse\)`
}

func Destroyed(c *Client, id string) {
	if _, err := c.Inspect(id); err != nil {
		c.Drop(id) // want `Destroyed: calls Drop, .* \(destroy\)`
	}
}

func Gated(c *Client, id string) bool {
	_, err := c.Inspect(id)
	return !Gone(err)
}
