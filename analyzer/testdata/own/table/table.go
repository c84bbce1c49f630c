// Package table is a client of one's own, and says what its calls are.
//
//errswallow:catalogue query (*testdata/own/table.Client).Load machine out=1
//errswallow:catalogue destructive (*testdata/own/table.Client).Drop
//errswallow:catalogue absence testdata/own/table.ErrGone
package table

import "errors"

type Machine struct{ Name string }

type Client struct{}

var ErrGone = errors.New("gone")

func (c *Client) Load(id string, into *Machine) error { return errors.New("timeout") }

func (c *Client) Drop(id string) error { return nil }
