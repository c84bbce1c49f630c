package silent

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

func ImageExists(url string) (bool, error) {
	resp, err := http.Get(url)
	if err != nil {
		return false, err
	}
	defer resp.Body.Close()
	switch resp.StatusCode {
	case http.StatusOK:
		return true, nil
	case http.StatusNotFound:
		return false, nil
	}
	return false, fmt.Errorf("unexpected status %s", resp.Status)
}

func HasTag(url string) (bool, error) {
	resp, err := http.Head(url)
	if err != nil {
		return false, err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 500 || resp.StatusCode == http.StatusTooManyRequests {
		return false, errors.New("try again")
	}
	return resp.StatusCode/100 == 2, nil
}

// A fault is told as what is there.
func NameTaken(url string) bool {
	resp, err := http.Get(url)
	if err != nil {
		return true
	}
	defer resp.Body.Close()
	return resp.StatusCode != http.StatusNotFound
}

// Whether a server is well is what is asked.
func IsHealthy(url string) bool {
	resp, err := http.Get(url)
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

func Ping(ctx context.Context, c *http.Client, url string) bool {
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, url, nil)
	if err != nil {
		return false
	}
	resp, err := c.Do(req)
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	return resp.StatusCode < 500
}

func UpdateAvailable(url, version string) bool {
	resp, err := http.Get(url)
	if err != nil || resp.StatusCode != 200 {
		return false
	}
	defer resp.Body.Close()
	text, _ := io.ReadAll(resp.Body)
	return strings.TrimSpace(string(text)) != version
}

// What is posted asks nothing.
func UserExists(c *http.Client, url string) bool {
	req, err := http.NewRequest(http.MethodPost, url, nil)
	if err != nil {
		return false
	}
	resp, err := c.Do(req)
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

func RequestExists(c *http.Client, req *http.Request) bool { // of whatever method
	resp, err := c.Do(req)
	return err == nil && resp.StatusCode == 200
}

type User struct{ Name string }

func GetUser(url string) (*User, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != 200 {
		return nil, errors.New("cannot get the user")
	}
	u := new(User)
	return u, json.NewDecoder(resp.Body).Decode(u)
}

// A status that nobody looks at is no fault.
func Decoded(url string) (*User, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	u := new(User)
	return u, json.NewDecoder(resp.Body).Decode(u)
}

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

func (c *Client) Exists(name string) (bool, error) {
	_, err := c.Get(name)
	var status *APIError
	if errors.As(err, &status) && status.StatusCode == http.StatusNotFound {
		return false, nil
	}
	return err == nil, err
}

func (c *Client) ExistsByAssertion(name string) (bool, error) {
	_, err := c.Get(name)
	if status, ok := err.(*APIError); ok && status.StatusCode == 404 {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, nil
}

func isNotFound(err error) bool {
	var status *APIError
	return errors.As(err, &status) && status.StatusCode == http.StatusNotFound
}

func (c *Client) ExistsByPredicate(name string) (bool, error) {
	_, err := c.Get(name)
	if isNotFound(err) {
		return false, nil
	}
	return err == nil, err
}

// What is sent is not asked for.
func (c *Client) HasSent(name string) bool {
	return c.do(http.MethodPut, "/users/"+name, nil) == nil
}

func fetch(url string) (*http.Response, error) { return http.Get(url) }

func PageExists(url string) (bool, error) {
	resp, err := fetch(url)
	if err != nil {
		return false, err
	}
	resp.Body.Close()
	switch {
	case resp.StatusCode == 404:
		return false, nil
	case resp.StatusCode != 200:
		return false, fmt.Errorf("status %d", resp.StatusCode)
	}
	return true, nil
}

//errswallow:destructive
func start(name string) error { return nil }

// What does not answer is started.
func EnsureRunning(url string) error {
	resp, err := http.Get(url + "/healthz")
	if err == nil {
		resp.Body.Close()
		if resp.StatusCode == http.StatusOK {
			return nil
		}
	}
	return start("server")
}

// What becomes of a status that goes through a func literal is not seen.
func retried(send func() (*http.Response, error)) (*http.Response, error) {
	var resp *http.Response
	var err error
	for range 3 {
		if resp, err = send(); err == nil {
			return resp, nil
		}
	}
	return resp, err
}

func (c *Client) once(url string) (*http.Response, error) {
	return retried(func() (*http.Response, error) { return c.http.Get(url) })
}

func (c *Client) FindRole(url string) (*User, error) {
	resp, err := c.once(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	switch resp.StatusCode {
	case 200:
		u := new(User)
		return u, json.NewDecoder(resp.Body).Decode(u)
	case 404:
		return nil, nil
	}
	return nil, fmt.Errorf("status %d", resp.StatusCode)
}

var errGone = errors.New("not found")

// What is in the answer says so.
func FindPod(url string) (*User, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != 200 {
		body, _ := io.ReadAll(resp.Body)
		if strings.Contains(string(body), "no such pod") {
			return nil, errGone
		}
		return nil, fmt.Errorf("status %d", resp.StatusCode)
	}
	u := new(User)
	return u, json.NewDecoder(resp.Body).Decode(u)
}

// People are shown what could not be asked.
func AllUsers(urls []string) ([]*User, error) {
	var users []*User
	for _, url := range urls {
		resp, err := http.Get(url)
		if err != nil {
			fmt.Println("skipped:", err)
			continue
		}
		u := new(User)
		if json.NewDecoder(resp.Body).Decode(u) == nil {
			users = append(users, u)
		}
		resp.Body.Close()
	}
	return users, nil
}

func (c *Client) text(url string) ([]byte, error) {
	resp, err := c.http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode == 404 {
		return nil, nil
	}
	if resp.StatusCode >= 400 {
		return nil, fmt.Errorf("status %s", resp.Status)
	}
	return io.ReadAll(resp.Body)
}

// What is read of nothing fails.
func (c *Client) FindGroup(url string) (*User, error) {
	text, err := c.text(url)
	if err == nil && text == nil {
		return nil, nil
	}
	u := new(User)
	if err := json.Unmarshal(text, u); err != nil {
		return nil, err
	}
	if u.Name == "" {
		return nil, nil
	}
	return u, nil
}

// A loop that waits asks again until there is an answer.
func FindAddress(c *Client, url string) (string, error) {
	for {
		text, _ := c.text(url)
		if address := string(text); strings.Contains(address, ".") {
			return address, nil
		}
		time.Sleep(time.Second)
	}
}

type statusError struct{ Code int }

func (e statusError) Error() string { return fmt.Sprint("status ", e.Code) }

func (c *Client) read(url string) ([]byte, bool, error) {
	resp, err := c.http.Get(url)
	if err != nil {
		return nil, false, err
	}
	defer resp.Body.Close()
	switch resp.StatusCode {
	case 200:
		text, err := io.ReadAll(resp.Body)
		return text, true, err
	case 404:
		return nil, false, nil
	}
	return nil, false, statusError{resp.StatusCode}
}

func (c *Client) FindText(url string) (string, bool, error) {
	text, found, err := c.read(url)
	if err != nil {
		return "", false, err
	}
	if !found {
		return "", false, nil
	}
	return string(text), true, nil
}
