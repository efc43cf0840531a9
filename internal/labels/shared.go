package labels

import (
	"cmp"
	"os"
)

// Shared is the folder of texts that lie beside the project and never in it:
// $STANDPOINT_SHARED, or ../shared beside the folder a command runs in. It
// need not exist.
func Shared() string { return cmp.Or(os.Getenv("STANDPOINT_SHARED"), "../shared") }
