// Package library requires what the data names, and the cases do not need.
package library

import _ "go.mongodb.org/mongo-driver/v2/mongo"
