// Package nothing is empty.
package nothing
