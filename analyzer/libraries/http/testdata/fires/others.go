package fires

import (
	"github.com/go-resty/resty/v2"
	"github.com/hashicorp/go-retryablehttp"
)

func ImageExistsByResty(c *resty.Client, url string) (bool, error) {
	resp, err := c.R().SetHeader("Accept", "application/json").Get(url)
	if err != nil {
		return false, err
	}
	return resp.StatusCode() == 200, nil // want `ImageExistsByResty: answers \(false, nil\), as for a resource that does not exist, when Get answers 503 \(collapse\)`
}

func FindUserByResty(c *resty.Client, url string) (*User, error) {
	u := new(User)
	resp, err := c.R().SetResult(u).Execute(resty.MethodGet, url)
	if err != nil {
		return nil, err
	}
	if resp.IsError() {
		return nil, nil // want `FindUserByResty: answers \(nil, nil\), as for a resource that does not exist, when Execute answers 503 \(empty\)`
	}
	return u, nil
}

func ImageExistsAfterRetries(c *retryablehttp.Client, url string) (bool, error) {
	req, err := retryablehttp.NewRequest("HEAD", url, nil)
	if err != nil {
		return false, err
	}
	resp, err := c.Do(req)
	if err != nil {
		return false, err
	}
	resp.Body.Close()
	return resp.StatusCode < 300, nil // want `when Do answers 503 \(collapse\)`
}
