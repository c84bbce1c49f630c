// Package library requires what the data names, and the cases do not need.
package library

import (
	_ "github.com/gophercloud/gophercloud"
	_ "github.com/gophercloud/gophercloud/openstack/compute/v2/servers"
	_ "github.com/gophercloud/gophercloud/pagination"
)
