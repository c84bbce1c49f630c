package entryfield

type Answer struct{ N int }

//errswallow:catalogue query testdata/bad/entryfield.Inspect error=N
func Inspect() *Answer { return nil }
