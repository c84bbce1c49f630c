package norule

//errswallow:ignore colapse shown in a status line only
var norule int
