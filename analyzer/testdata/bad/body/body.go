package body

func Inspect() {
	//errswallow:forget
}
