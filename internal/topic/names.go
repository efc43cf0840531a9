package topic

import "slices"

// Hosts lists the names that a host country may have, in byte order: those of
// countries, of regions as "Country/Region", and of areas.
func Hosts() []string {
	names := make([]string, 0, len(countries))
	for _, c := range countries {
		names = append(names, c.name)
	}
	slices.Sort(names)
	return names
}
