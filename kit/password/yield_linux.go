package password

import "syscall"

// yield gives this thread the lowest priority.
func yield() error { return syscall.Setpriority(syscall.PRIO_PROCESS, 0, 19) }
