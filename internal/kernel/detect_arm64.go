package kernel

// detect adds nothing: the portable path alone.
func detect(*[AMX + 1]*set) {}
