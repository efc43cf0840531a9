package topic

import "strings"

// The classes of words that tell a passage about forces. A word may have
// several.
type class uint16

const (
	ours      class = 1 << iota // the United States, or forces that it leads
	vague                       // foreign, international ...: ours only beside a noun for forces
	forces                      // a noun for forces
	people                      // a noun that alone means soldiers
	standing                    // a noun that means the forces where they have been named before
	moves                       // coming, staying, leaving, being there
	departure                   // a noun that means their leaving: the withdrawal
	goes                        // a verb of staying or leaving, said of the United States
	guest                       // agreements on stationing
	pact                        // the same, where one has been named before
	violence                    // an attack: forces in it are no matter of presence by themselves
	otherArmy                   // an army that is not meant: police, rebel ...
	into                        // a preposition of place
)

var lexicon = func() map[string]class {
	m := map[string]class{}
	for c, words := range map[class]string{
		ours:  `us u.s u.s. usa american americans america pentagon washington us-led american-led u.s.-led usfk centcom nato nato-led trump obama bush biden`,
		vague: `foreign coalition international western allied occupying multinational`,
		forces: `troop troops force forces soldier soldiers military personnel servicemembers servicemen servicewomen marines marine garrison garrisons
			base bases airbase airbases presence contingent brigade brigades battalion battalions trainers advisers advisors boots gis airmen footprint
			deployment deployments army occupation occupier occupiers installation installations mission outpost outposts operators commandos rangers
			warfighters men members women sons daughters sites facilities`,
		people: `troop troops soldier soldiers servicemembers servicemen marines garrison airmen gis boots commandos`,
		moves: `withdraw withdraws withdrawing withdrawn withdrew withdrawal withdrawals pullout pull-out pullback pull pulled pulling pulls exit exits exiting
			leave leaves leaving left stay stays staying stayed remain remains remaining remained presence deploy deploys deployed deploying deployment
			deployments redeploy redeployment redeployed redeploying station stationed stationing send sends sent sending expel expels expelled expelling
			expulsion drawdown draw drawing drawn reduce reduces reduced reducing reduction reductions cut cuts cutting increase increases increased
			increasing surge home bring brings bringing brought return returns returning returned level levels keep keeps keeping kept base bases based
			host hosts hosting hosted remove removes removed removing removal oust ousting evict eject out footprint posture permanent permanently
			rotational rotation timetable timeline deadline departure depart departs departing departed mission maintain maintaining transition
			occupation occupiers occupier end ending additional extra reinforcements more fewer shift transfer relocate relocation moved moving move
			enter enters entered entering harbor harboring harbour role future welcome posture
			downsize scale scaled commit committing commitment abandon abandoning quit evacuate halve thousands ground go going come coming plan`,
		standing: `presence deployment deployments forces base bases footprint reinforcements garrison contingent brigade brigades airbase mission trainers`,
		goes: `leave leaves leaving withdraw withdraws withdrawing withdrew stay stays staying remain remains exit exits pull pulls pulled pulling abandon
			abandoning coming`,
		departure: `withdrawal withdrawals pullout pull-out drawdown redeployment`,
		guest:     `sofa bsa edca vfa immunity`,
		pact:      `pact deal agreement accord treaty`,
		violence: `attack attacks attacked attacking killed kills killing wounded injured raid raids strike strikes airstrike airstrikes struck clash
			clashes fired rocket rockets bomb bombing blast explosion ambush ambushed dead died deaths battle crash crashed`,
		otherArmy: `police rebel rebels militia peacekeeping peacekeepers opposition government security local own national kurdish shiite sunni shia
			peshmerga taliban isis isil regime border air democratic quds naval`,
		into: `in from to into inside across at around near within of throughout over out`,
	} {
		for _, w := range strings.Fields(words) {
			m[w] |= c
		}
	}
	return m
}()

// classOf looks w up, without a possessive and in small letters; "us" counts
// in capitals only.
func classOf(w string) class {
	if len(w) > 20 {
		return 0
	}
	w = stemOf(w)
	if w == "us" {
		return 0
	}
	var buf [20]byte
	for i := range len(w) {
		buf[i] = lower(w[i])
	}
	return lexicon[string(buf[:len(w)])]
}
