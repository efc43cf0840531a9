package topic

import (
	"strings"

	"standpoint/internal/text"
)

// The classes of words that tell a passage about forces. A word may have
// several.
type class uint32

const (
	ours      class = 1 << iota // the United States, or forces that it leads
	vague                       // foreign, international ...: ours only beside a noun for forces
	forces                      // a noun for forces
	people                      // a noun that alone means soldiers
	standing                    // a noun that means the forces where they have been named before
	gear                        // units, machines and sites that mean forces only where said to be American
	site                        // a place of forces; gear too if it may be another's
	moves                       // coming, staying, leaving, being there
	post                        // stationing, keeping, taking away
	fate                        // the same and what else is done with a base, or asked for it
	departure                   // a noun that means their leaving: the withdrawal
	goes                        // a verb of staying or leaving, said of the United States
	guest                       // agreements on stationing
	pact                        // the same, where one has been named before
	violence                    // an attack: forces in it are no matter of presence by themselves
	otherArmy                   // an army that is not meant: police, rebel ...
	into                        // a preposition of place
	nation                      // Americans: a people, or its soldiers
	leaving                     // what is said of the going of people
	state                       // States, of America
	chamber                     // American politics
	answer                      // what the next paragraph may answer
	paper                       // what later paragraphs speak of: an agreement,
	ballot                      // a vote or what is voted on,
	plea                        // what is asked for,
	order                       // what is decided

	deed = paper | ballot | plea | order
)

var lexicon = func() text.Words[class] {
	m := map[string]class{}
	for c, words := range map[class]string{
		ours:  `us u.s u.s. usa american americans america pentagon washington us-led american-led u.s.-led usfk centcom nato nato-led trump obama bush biden`,
		vague: `foreign coalition international western allied occupying multinational`,
		forces: `osprey ospreys troop troops force forces soldier soldiers military personnel servicemembers servicemen servicewomen marines marine garrison garrisons
			base bases airbase airbases presence contingent brigade brigades battalion battalions trainers advisers advisors boots gis airmen footprint
			deployment deployments army occupation occupier occupiers installation installations mission outpost outposts operators commandos rangers
			warfighters men members women sons daughters sites facilities`,
		people: `osprey ospreys troop troops soldier soldiers servicemembers servicemen marines garrison airmen gis boots commandos`,
		moves: `withdraw withdraws withdrawing withdrawn withdrew withdrawal withdrawals pullout pull-out pullback pull pulled pulling pulls exit exits exiting
			leave leaves leaving left stay stays staying stayed remain remains remaining remained presence deploy deploys deployed deploying deployment
			deployments redeploy redeployment redeployed redeploying station stationed stationing send sends sent sending expel expels expelled expelling
			expulsion drawdown draw drawing drawn reduce reduces reduced reducing reduction reductions cut cuts cutting increase increases increased
			increasing surge home bring brings bringing brought return returns returning returned level levels keep keeps keeping kept based
			host hosts hosting hosted remove removes removed removing removal oust ousting evict eject out footprint posture permanent permanently
			rotational rotation timetable timeline deadline departure depart departs departing departed mission maintain maintaining transition
			occupation occupiers occupier end ending additional extra reinforcements more fewer shift transfer relocate relocation moved moving move
			enter enters entered entering harbor harboring harbour role future welcome posture
			downsize scale scaled commit committing commitment abandon abandoning quit evacuate halve thousands ground go going come coming plan`,
		standing: `presence deployment deployments forces base bases footprint reinforcements garrison contingent contingents brigade brigades battalion battalions airbase mission trainers`,
		gear: `unit units helicopter helicopters aircraft plane planes jet jets fighter fighters bomber bombers drone drones tank tanks
			missile missiles warhead warheads battery batteries patriot patriots launcher launchers squadron squadrons fleet ship ships warship warships
			destroyer destroyers frigates carrier submarine submarines navy sailors paratroopers pilots crews corps regiment regiments division divisions
			station stations airfield airfields airport runway runways barracks camp radar radars antennas depot depots port facility facilities installation installations headquarters
			command infrastructure heliport housing trucks vehicles equipment officers guards`,
		site: `base bases airbase airbases airfield barracks garrison garrisons installation installations facility facilities station outpost outposts fleet`,
		post: `stationed stationing deploy deployed deploying deployment redeploy redeployed redeployment withdraw withdraws withdrawing withdrawn
			withdrew withdrawal remove removed removing removal relocate relocates relocated relocating relocation move moves moved moving host hosts
			hosted hosting leave leaves leaving stay stays staying remain remains remaining reduce reduced reducing reduction fewer
			permanent permanently rotation rotations rotational evict evicted eviction expel expelled expulsion oust quit quits`,
		fate: `close closes closed closing closure closures shut shuts shutting shutdown return returned returning reversion replacement dismantle
			dismantled dismantling dismantlement expand expanded expanding expansion enlarge enlarged build building built construct construction
			reopen reopened lease leased rent rented renew renewed keep keeps keeping extend extended extension revoke revoked vacate vacated forever gone burden
			depart departure handover abandon abandoned access`,
		goes: `leave leaves leaving withdraw withdraws withdrawing withdrew stay stays staying remain remains exit exits pull pulls pulled pulling abandon
			abandoning coming`,
		departure: `withdrawal withdrawals pullout pull-out drawdown redeployment`,
		guest:     `sofa bsa edca vfa immunity`,
		pact:      `pact deal agreement accord treaty`,
		violence: `attack attacks attacked attacking killed kills killing wounded injured raid raids strike strikes airstrike airstrikes struck clash
			clashes fired rocket rockets bomb bombing blast explosion ambush ambushed dead died deaths battle crash crashed`,
		otherArmy: `police rebel rebels militia peacekeeping peacekeepers opposition government security local own national kurdish shiite sunni shia
			peshmerga taliban isis isil regime border air democratic quds naval`,
		into:    `in from to into inside across at around near within of throughout over out`,
		nation:  `americans yankees`,
		leaving: `out gone home here`,
		state:   `states`,
		chamber: `senate senator sen congress congressman congresswoman republicans democrats bush obama trump biden`,
		paper:   `agreement accord pact deal treaty text draft arrangement`,
		ballot:  `vote resolution motion bill measure amendment legislation referendum ratification poll`,
		plea:    `request demand demands proposal petition letter appeal invitation`,
		order:   `decision order announcement plan plans move deadline timetable`,
		answer:  `asked asks urged urges letter motion petition demanded demands called announced request requested question demand demanded resolution vote voted proposal call calls order ordered decision`,
	} {
		if c == post {
			c |= fate
		}
		for _, w := range strings.Fields(words) {
			m[w] |= c
		}
	}
	return text.NewWords(m)
}()

// classOf looks token i up without a possessive; "us" counts in capitals only.
func classOf(d *text.Document, i int) class {
	w, low, h := d.Word(i), d.Low(i), d.Tokens[i].Hash
	stem := stemOf(low)
	if len(stem) < len(low) {
		h = text.HashOf(stem)
	}
	c, _ := lexicon.Find(stem, h)
	if c&(ours|state|chamber|answer) != 0 {
		if w[:len(stem)] == "us" {
			return 0
		}
		c &^= spelled(w)
	}
	return c
}

// spelled is the classes that w can't have as it is spelled: names have a
// capital, verbs and nouns none.
func spelled(w string) class {
	for i := 1; i < len(w); i++ {
		if w[i] < 'a' || w[i] > 'z' {
			return state | chamber | answer
		}
	}
	if w[0] >= 'a' {
		return state | chamber
	}
	return answer
}

// classesOf looks up every word of d.
func classesOf(d *text.Document) []class {
	all := make([]class, len(d.Tokens))
	for i := range all {
		if d.Tokens[i].Kind == text.Word {
			all[i] = classOf(d, i)
		}
	}
	return all
}
