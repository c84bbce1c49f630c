// Package library requires what the data names, and the cases do not need.
package library

import (
	_ "github.com/hashicorp/terraform-plugin-framework/diag"
	_ "github.com/hashicorp/terraform-plugin-framework/tfsdk"
	_ "github.com/hashicorp/terraform-plugin-log/tflog"
	_ "github.com/hashicorp/terraform-plugin-sdk/helper/schema"
)
