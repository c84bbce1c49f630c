// Package fires takes a directory that does not answer for an empty one.
package fires

import (
	"errors"

	"github.com/go-ldap/ldap/v3"
)

func Exists(conn *ldap.Conn, name string) bool {
	found, err := conn.Search(&ldap.SearchRequest{Filter: "(uid=" + name + ")"})
	if err != nil {
		return false // want `Exists: answers false, as for an entry that does not exist, when Search times out \(collapse\)`
	}
	return len(found.Entries) > 0
}

func Members(client ldap.Client, group string) ([]string, error) {
	found, err := client.Search(&ldap.SearchRequest{Filter: "(cn=" + group + ")"})
	if err != nil {
		return nil, nil // want `Members: answers \(nil, nil\), .* \(empty\)`
	}
	var names []string
	for _, e := range found.Entries {
		names = append(names, e.DN)
	}
	return names, nil
}

func Known(conn *ldap.Conn, name string) error {
	if _, err := conn.Search(&ldap.SearchRequest{Filter: "(uid=" + name + ")"}); err != nil {
		return errors.New("user does not exist") // want `Known: answers "user does not exist", .* \(collapse\)`
	}
	return nil
}
