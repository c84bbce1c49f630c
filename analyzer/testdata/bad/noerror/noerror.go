package noerror

//errswallow:query
func Inspect() bool { return false }
