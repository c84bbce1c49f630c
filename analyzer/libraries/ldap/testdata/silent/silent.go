// Package silent tells an entry that is not there from a directory that does not answer.
package silent

import "github.com/go-ldap/ldap/v3"

func Exists(conn *ldap.Conn, name string) (bool, error) {
	found, err := conn.Search(&ldap.SearchRequest{Filter: "(uid=" + name + ")"})
	if ldap.IsErrorWithCode(err, ldap.LDAPResultNoSuchObject) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return len(found.Entries) > 0, nil
}

func Members(client ldap.Client, group string) ([]string, error) {
	found, err := client.Search(&ldap.SearchRequest{Filter: "(cn=" + group + ")"})
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range found.Entries {
		names = append(names, e.DN)
	}
	return names, nil
}

// Who cannot be looked up may not log in.
func CanLogin(conn *ldap.Conn, name string) bool {
	found, err := conn.Search(&ldap.SearchRequest{Filter: "(uid=" + name + ")"})
	return err == nil && len(found.Entries) == 1
}
