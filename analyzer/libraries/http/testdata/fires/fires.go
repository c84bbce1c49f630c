package fires

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
)

func ImageExists(url string) bool {
	resp, err := http.Get(url)
	if err != nil {
		return false // want `ImageExists: answers false, as for a resource that does not exist, when Get times out \(collapse\)`
	}
	defer resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

func HasTag(url string) (bool, error) {
	resp, err := http.Head(url)
	if err != nil {
		return false, err
	}
	defer resp.Body.Close()
	return resp.StatusCode == http.StatusOK, nil // want `HasTag: answers \(false, nil\), as for a resource that does not exist, when Head answers 503 \(collapse\)`
}

func ReleaseFound(c *http.Client, url string) (bool, error) {
	resp, err := c.Get(url)
	if err != nil {
		return false, err
	}
	defer resp.Body.Close()
	return resp.StatusCode/100 == 2, nil // want `when Get answers 503 \(collapse\)`
}

// What is made with GET asks, in whatever way the request is made.
func UserExists(ctx context.Context, c *http.Client, url string) (bool, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return false, err
	}
	req.Header.Set("Accept", "application/json")
	resp, err := c.Do(req)
	if err != nil {
		return false, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != 200 {
		return false, nil // want `UserExists: answers \(false, nil\), as for a resource that does not exist, when Do answers 503 \(collapse\)`
	}
	return true, nil
}

type User struct{ Name string }

var ErrNotFound = errors.New("no such user")

func GetUser(url string) (*User, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != 200 {
		return nil, ErrNotFound // want `GetUser: answers \(nil, ErrNotFound\), as for a resource that does not exist, when Get answers 503 \(collapse\)`
	}
	u := new(User)
	return u, json.NewDecoder(resp.Body).Decode(u)
}

func FindUser(url string) (*User, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 400 {
		return nil, nil // want `FindUser: answers \(nil, nil\), as for a resource that does not exist, when Get answers 503 \(empty\)`
	}
	u := new(User)
	return u, json.NewDecoder(resp.Body).Decode(u)
}

// A client of one's own is one.
type Client struct{ http *http.Client }

type APIError struct{ StatusCode int }

func (e *APIError) Error() string { return fmt.Sprint("status ", e.StatusCode) }

func (c *Client) do(method, url string, out any) error {
	req, err := http.NewRequest(method, url, nil)
	if err != nil {
		return err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 400 {
		return &APIError{StatusCode: resp.StatusCode}
	}
	return json.NewDecoder(resp.Body).Decode(out)
}

func (c *Client) Get(name string) (*User, error) {
	u := new(User)
	if err := c.do(http.MethodGet, "/users/"+name, u); err != nil {
		return nil, err
	}
	return u, nil
}

func (c *Client) Exists(name string) bool {
	_, err := c.Get(name)
	return err == nil // want `Exists: answers false, as for a resource that does not exist, when Get \(Do\) times out \(collapse\)`
}

func (c *Client) ExistsByType(name string) (bool, error) {
	_, err := c.Get(name)
	var status *APIError
	if errors.As(err, &status) {
		return false, nil // want `when Get \(Do\) answers 503 \(collapse\)`
	}
	return err == nil, err
}

// One that hands the answer on is one, too.
func (c *Client) raw(url string) (*http.Response, error) {
	return c.http.Get(url)
}

func (c *Client) RoleExists(url string) (bool, error) {
	resp, err := c.raw(url)
	if err != nil {
		return false, err
	}
	resp.Body.Close()
	return resp.StatusCode == 200, nil // want `RoleExists: answers \(false, nil\), as for a resource that does not exist, when raw \(Get\) answers 503 \(collapse\)`
}

func fetch(url string) (int, error) {
	resp, err := http.Get(url)
	if err != nil {
		return 0, err
	}
	resp.Body.Close()
	return resp.StatusCode, nil
}

func PageExists(url string) (bool, error) {
	code, err := fetch(url)
	if err != nil {
		return false, err
	}
	return code == 200, nil // want `PageExists: answers \(false, nil\), as for a resource that does not exist, when fetch \(Get\) answers 503 \(collapse\)`
}

// So does an interface that has a client's method.
type doer interface {
	Do(*http.Request) (*http.Response, error)
	CloseIdleConnections()
}

func BlobExists(d doer, url string) (bool, error) {
	req, err := http.NewRequest("HEAD", url, http.NoBody)
	if err != nil {
		return false, err
	}
	resp, err := d.Do(req)
	if err != nil {
		return false, err
	}
	resp.Body.Close()
	return resp.StatusCode == 200, nil // want `BlobExists: answers \(false, nil\), as for a resource that does not exist, when Do answers 503 \(collapse\)`
}

func (c *Client) Do(req *http.Request) (*http.Response, error) {
	resp, err := c.http.Do(req)
	if err == nil && resp.StatusCode >= 400 {
		return nil, &APIError{resp.StatusCode}
	}
	return resp, err
}

func (c *Client) LayerExists(url string) bool {
	req, err := http.NewRequest("HEAD", url, nil)
	if err != nil {
		return false
	}
	_, err = c.Do(req)
	return err == nil // want `LayerExists: answers false, as for a resource that does not exist, when Do times out \(collapse\)`
}

//errswallow:destructive
func drop(name string) error { return nil }

func (c *Client) Sync(name string) error {
	if _, err := c.Get(name); err != nil {
		return drop(name) // want `Sync: calls drop, as for a resource that does not exist, when Get \(Do\) times out \(destroy\)`
	}
	return nil
}

func DropIfNotFound(url, name string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return drop(name) // want `DropIfNotFound: calls drop, as for a resource that does not exist, when Get answers 503 \(destroy\)`
	}
	return nil
}

// No error was wrapped.
func Download(url string) ([]byte, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, err // want `Download: answers \(nil, nil\), as for a resource that does not exist, when Get answers 503 \(empty\)`
	}
	return io.ReadAll(resp.Body)
}

// Already is not ready.
func UserAlreadyExists(url string) bool {
	resp, err := http.Get(url)
	if err != nil {
		return false // want `UserAlreadyExists: answers false, as for a resource that does not exist, when Get times out \(collapse\)`
	}
	defer resp.Body.Close()
	return resp.StatusCode != http.StatusNotFound
}
