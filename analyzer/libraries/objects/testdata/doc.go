// Package library requires what the data names, and the cases do not need.
package library

import _ "github.com/Azure/azure-sdk-for-go/sdk/storage/azblob/container"
