package silent

// A GroupTable has a name that says nothing of a client, and no context: it may be in memory.
type GroupTable interface {
	GetGroupByName(name string) (*group, int, error)
}

type group struct{ name string }

func GroupExists(groups GroupTable, name string) bool {
	_, _, err := groups.GetGroupByName(name)
	return err == nil
}
