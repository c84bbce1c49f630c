package entrytwice

//errswallow:catalogue query testdata/bad/entrytwice.Inspect
func Inspect() error { return nil }

//errswallow:catalogue action testdata/bad/entrytwice.Inspect
var _ = 0
