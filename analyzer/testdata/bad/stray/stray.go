package stray

// A Client asks.
//
//errswallow:query
type Client struct{}
