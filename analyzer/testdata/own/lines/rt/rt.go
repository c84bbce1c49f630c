// Package rt says what the calls of its client are.
package rt

//errswallow:catalogue query (*testdata/own/lines/rt.Client).Load machine out=1
//errswallow:catalogue gate testdata/own/lines/rt.IsGone
//errswallow:catalogue notfound testdata/own/lines/rt.IsGone

type Machine struct{ Name string }

type Client struct{}

func (c *Client) Load(id string, into *Machine) error { return nil }

func (c *Client) Look(id string) error { return nil }

func IsGone(err error) bool { return false }
