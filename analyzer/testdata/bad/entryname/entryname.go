package entryname

//errswallow:catalogue query testdata/bad/entryname.Inspct
func Inspect() error { return nil }
