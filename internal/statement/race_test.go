//go:build race

package statement

import "time"

const limit = 30 * time.Second // the detector slows everything down
