package word

//errswallow:querry
func Inspect() (bool, error) { return false, nil }
