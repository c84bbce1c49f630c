package fires

// A GroupServiceIface is a client's, as generators name them: it asks without a context.
type GroupServiceIface interface {
	GetGroupByName(name string) (*User, int, error)
}

func GroupExists(groups GroupServiceIface, name string) bool {
	_, _, err := groups.GetGroupByName(name)
	return err == nil // want `GroupExists: answers false, as for a User that does not exist, .* \(collapse\)`
}
