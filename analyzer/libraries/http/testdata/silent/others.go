package silent

import (
	"fmt"

	"github.com/go-resty/resty/v2"
	"github.com/hashicorp/go-retryablehttp"
)

func ImageExistsByResty(c *resty.Client, url string) (bool, error) {
	resp, err := c.R().SetHeader("Accept", "application/json").Get(url)
	if err != nil {
		return false, err
	}
	if resp.StatusCode() == 404 {
		return false, nil
	}
	if resp.IsError() {
		return false, fmt.Errorf("status %s", resp.Status())
	}
	return resp.IsSuccess(), nil
}

func ImageExistsAfterRetries(c *retryablehttp.Client, url string) (bool, error) {
	resp, err := c.Head(url)
	if err != nil {
		return false, err
	}
	resp.Body.Close()
	if resp.StatusCode == 404 {
		return false, nil
	}
	if resp.StatusCode != 200 {
		return false, fmt.Errorf("status %s", resp.Status)
	}
	return true, nil
}

func IsReady(c *retryablehttp.Client, url string) bool {
	resp, err := c.Get(url)
	if err != nil {
		return false
	}
	resp.Body.Close()
	return resp.StatusCode == 200
}
