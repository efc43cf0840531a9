//go:build !race

package statement

import "time"

const limit = 2 * time.Second
