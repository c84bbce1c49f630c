package entry

//errswallow:catalogue queri example.com/rt.Inspect
var _ = 0
