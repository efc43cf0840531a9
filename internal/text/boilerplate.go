package text

import (
	"strings"
	"unicode"
)

// linkHeads are headings of lists of links, as whole lines, lower case, without
// marks.
const linkHeads = `read more
read next
read also
see also
related
related stories
related articles
related content
recommended
recommended for you
most popular
most read
most viewed
trending
trending now
top stories
latest news
more news
more on this
you may also like
you might also like`

var linked = lines(linkHeads)

// chrome are whole lines of a page's furniture, the headings among them.
var chrome = lines(linkHeads + `
accessibility links
breaking news
dark mode
light mode
logo
share
share this
share this article
share this story
share this with
copy link
share on facebook
share on twitter
tweet
print
print this
email
email this article
save
comment
comments
comments are closed
no comments
leave a comment
view comments
advertisement
advertising
ad
sponsored
related topics
read more here
continue reading
continue reading below
story continued below
story continues below
story continues after advertisement
story continues below advertisement
article continues below advertisement
article continues below
article continues after sponsor message
skip to main content
skip to content
skip to navigation
main menu
menu
home
search
sign in
sign up
log in
login
register
subscribe
subscribe now
follow us
contact us
about us
news politics
world news
back to top
watch live
watch video
play video
video
photos
gallery
image
listen
download
load more
show more
show comments
hide caption
enlarge this image
toggle caption
close
next
previous
tags
topics
transcript
for immediate release
for release
newsletter
newsletters
16x9 image
caption
file photo
text size
font size
key points
highlights
story highlights`)

// isTrail: the path of a page in its site ("News > World > Asia"), a row of
// sections, a link behind an arrow, the head of a letter.
func (l *look) isTrail() bool {
	if l.isRunning() && !strings.HasSuffix(l.w, ":") || len(l.w) > 120 {
		return false
	}
	if strings.HasPrefix(l.low, "dear ") || strings.HasPrefix(l.low, "the honorable ") { // a letter's head
		return l.words() <= 8
	}
	if _, arrow := arrows.begin(l.w); arrow || strings.Contains(l.w, " > ") || strings.Contains(l.w, " » ") || strings.Count(l.w, " › ") > 1 || strings.Count(l.w, " ▸ ") > 1 || strings.Count(l.w, " | ") > 1 {
		return true
	}
	return capitalised(l.w) && (strings.Count(l.w, "  ") > 1 || strings.Count(l.w, " / ") > 1) || l.isBar()
}

// arrows lead from a page to others.
var arrows = phraseList("> |>> |» |▶ |► |▸ |➤ |◄ |→ ")

// isBar: a row of buttons ("Share this · Facebook · Print · 14 comments").
func (l *look) isBar() bool {
	words := strings.Fields(bare(l.low))
	if len(words) < 2 || len(words) > 16 {
		return false
	}
	known, named := 0, false
	for _, w := range words {
		switch {
		case buttons[w]:
			known, named = known+1, true
		case len(w) == 1 || w[0] >= '0' && w[0] <= '9' || w == "to" || w == "this" || w == "in" || w == "up" || w == "page":
			known++
		}
	}
	return named && known*4 >= len(words)*3
}

// buttons are the words of a page's buttons and menus.
var buttons = set(`menu search login register subscribe share tweet print email mail facebook twitter whatsapp telegram linkedin reddit
	comments comment text size font send friend save copy link home video photos news world opinion sports economy refresh updated live`)

// starts begin a line of boilerplate, lower case.
var starts = phraseList(`see also:|read more:|read also:|also read:|related:|watch:|watch now:|more:|more on this|recommended:|listen:|photos:|video:|
tags:|filed under|>> read more|read also ▸|read more ▸|about the author|advertisement |advertisement:|sponsored links|listen to the article|article viewed|
printed from|printed on|saved from|you are reading the archived|this live page|this page updates|all times are|for inquiries:|media inquiries:|media contact:|press contact:|
contact: |notes to editors|letters may be|translated from the|the interview has been|this interview has been|this is a rush transcript|readers also|breaking: |
this article tagged|copyright |© |(c) |all rights reserved|follow us|follow me|like us on|subscribe |sign up |click here|
reporting by |editing by |additional reporting|written by |with reporting by|based on reporting|with contributions|source: |sources: |via: |
photo:|[photo|(photo:|[image|(image:|[picture|(picture:|[foto|(foto|foto:|[video|(video|[embed|file photo|file - |file – |file — |file -- |in this photo |in this image |in this file |photo by |photo credit|image: |image credit|credit: |picture: |get the |download the |download our|updated |published |posted |
last updated|last modified|by signing up|by clicking|by using this|we use cookies|this site uses|this website uses|our standards|
the views expressed|views expressed|the opinions expressed|opinions expressed|this material may not|to find out more|
please enable|enable javascript|your browser|you must be logged|join the conversation|have a tip|got a tip|register for|
skip to `)

// inside mark a line of boilerplate wherever they stand in it, lower case.
var inside = phraseList(`contributed to this|contributed reporting|all rights reserved|privacy policy|terms of service|terms of use|
uses cookies|use of cookies|cookie policy|accept cookies|delivered to your inbox|to your inbox|free newsletter|daily newsletter|our newsletter|
click here|may not be published, broadcast|reprint permission|sign up for our|
subscribe to our|follow us on|join our telegram|join our whatsapp|support our journalism|become a member today|
is licensed under|creative commons|republished with permission|javascript is disabled|ad blocker|adblock|
image copyright|image caption|media caption|media playback is`)

// legal mark texts of the page that may be long.
var legal = phraseList(`cookies|cookie policy|privacy policy|all rights reserved|terms of use|terms of service|licensed under`)

// maxFurniture is from how many words on a text with a mark of furniture inside
// is an article's paragraph that ends with one.
const maxFurniture = 30

// credits end or mark a caption.
var credits = split(`(ap photo|(ap)|(reuters)|(afp)|(epa)|(getty|(file photo|(file)|(photo|(image|(courtesy|ap photo/|reuters/|
/getty images|getty images|/afp|/ap|/reuters|via getty|via ap|via reuters|file photo|photo by |photo courtesy|photograph:|image source|/epa|
/shutterstock|dod photo|u.s. army photo|u.s. air force photo|u.s. navy photo|defense photo|/pool`)

var anyCredit = newPhrases(credits)

// split reads a list parted by "|", which may go on on the next line.
func split(list string) []string { return strings.Split(strings.ReplaceAll(list, "\n", ""), "|") }

func phraseList(list string) *phrases { return newPhrases(split(list)) }

func lines(s string) map[string]bool {
	m := map[string]bool{}
	for _, l := range strings.Split(s, "\n") {
		m[l] = true
	}
	return m
}

// isFurniture reports whether l, a line or block, is furniture of the page
// rather than the article. The rules are conservative: a lost statement costs
// more than a caption that is read.
func (l *look) isFurniture() bool {
	return l.furniture.of(func() bool {
		if len(l.w) > 1500 {
			return false
		}
		low := l.low
		if len(low) <= 60 && chrome[bare(low)] || dateLine(l.w) {
			return true
		}
		n := l.words()
		if start, ok := starts.begin(low); ok && (n <= 25 || !l.isRunning()) && !(n > 4 && l.isSentence(start)) {
			return true
		}
		return inside.in(low) && (n <= maxFurniture || !l.isRunning() || legal.in(low) && !reported.in(low)) || l.isCredit() || moreLine(low, n) || socialLine(low, n)
	})
}

// isSentence keeps "Get the troops out, he said." from passing for an
// invitation to subscribe: running text that reports what somebody says, or
// goes on for long.
func (l *look) isSentence(start string) bool {
	if !l.isRunning() || strings.Contains(l.low, "inbox") || strings.Contains(l.low, "newsletter") {
		return false
	}
	switch start {
	case "[photo", "(photo:", "[image", "(image:", "[picture", "(picture:", "[foto", "(foto", "foto:", "[video", "(video", "[embed", "reporting by ", "editing by ", "additional reporting", "based on reporting", "file photo", "file - ", "file – ", "file — ", "file -- ", "in this photo ", "in this image ", "in this file ":
		return false
	case "breaking: ", "contact: ", "advertisement ", "printed on", "about the author", "get the ", "subscribe ", "sign up ", "updated ", "published ", "posted ", "register for", "written by ":
		return l.words() > 12 || reported.in(l.low) || quoted(l.w)
	}
	return reported.in(l.low)
}

// reported are words of somebody's speech.
var reported = phraseList(` said| says| told |according to| added | asked `)

// bare is low without marks at its ends and between words.
func bare(low string) string {
	return strings.Join(strings.FieldsFunc(clip(low, 80), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ")
}

// isCredit: a caption that names its agency at the end, or a bare credit.
func (l *look) isCredit() bool {
	n := l.words()
	if n > 60 {
		return false
	}
	tail := l.low[max(0, len(l.low)-70):]
	if !anyCredit.in(tail) {
		return false
	}
	for _, c := range credits {
		i := strings.Index(tail, c)
		if i < 0 {
			continue
		}
		if n <= 8 || strings.HasPrefix(c, "(") && strings.HasSuffix(strings.TrimRight(tail, ". "), ")") || strings.Contains(c, "/") || strings.Contains(c, "photo") || !l.isRunning() {
			return !strings.Contains(l.w, "“") && !strings.Contains(l.w, "”")
		}
	}
	return false
}

func moreLine(low string, n int) bool {
	for _, s := range []string{"more in ", "more from ", "more on ", "more about ", "read: ", "read the full", "watch the "} {
		if strings.HasPrefix(low, s) && n <= 12 && !strings.HasSuffix(low, ".") {
			return true
		}
	}
	return false
}

func socialLine(low string, n int) bool {
	return n <= 20 && (strings.Contains(low, "follow @") || strings.Contains(low, "on twitter at @") || strings.Contains(low, "on twitter @") ||
		strings.Contains(low, "@") && strings.Contains(low, ".com") && n <= 12)
}

var months = set(`january february march april may june july august september october november december jan feb mar apr jun
	jul aug sept sep oct nov dec`)

var days = set(`monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun`)

// dateLine: nothing but a date, perhaps with a time.
func dateLine(w string) bool {
	if len(w) > 60 {
		return false
	}
	date, year := false, false
	for _, f := range strings.Fields(bare(strings.ToLower(w))) {
		switch {
		case months[f]:
			date = true
		case f == "am" || f == "pm" || f == "m":
			date = true
		case days[f] || f == "a" || f == "p" || f == "et" || f == "est" || f == "edt" || f == "gmt" || f == "utc" || f == "at" || f == "updated" || f == "published" || f == "posted" || f == "on":
		case f[0] >= '0' && f[0] <= '9':
			year = year || len(f) == 4
		default:
			return false
		}
	}
	return date || year
}

// quoted reports whether w holds a double quotation mark.
func quoted(w string) bool {
	return strings.IndexByte(w, '"') >= 0 || strings.Contains(w, "“") || strings.Contains(w, "”")
}

var lastWords = phraseList(`contributed to this|contributed reporting|based on reporting|comments are closed|reporting by |editing by |16x9 image|
all rights reserved|copyright |©|leave a comment|may not be published, broadcast|related articles|related stories`)

// isEndMatter: a line after which no article goes on.
func (l *look) isEndMatter() bool { return lastWords.in(l.low) }

// offices of a writer, in the order in which they are looked for.
var offices = split(` covers | is a staff writer| is a reporter | is a correspondent| is a freelance| is a journalist| is the author of| is an author|
 is a columnist| is a contributor| is a contributing| is an editor | is editor | is the editor|follow him on|follow her on|follow them on|
can be reached at|'s work has appeared|his work has|her work has`)

var anyOffice = newPhrases(offices)

// isBiography: the lines on the writer, whom they name as the byline does, or
// who stand at the end and aren't those of a person whom the text calls he or
// she.
func (l *look) isBiography(author string, late bool) bool {
	if len(l.w) > 900 || !anyOffice.in(l.low) {
		return false
	}
	if author != "" && strings.HasPrefix(l.w, author) {
		return true
	}
	if !late || quoted(l.w) || strings.HasPrefix(l.low, "he ") || strings.HasPrefix(l.low, "she ") {
		return false
	}
	for _, s := range offices {
		if i := strings.Index(l.low, s); i >= 0 && (s != " covers " || i < 60 && (strings.Contains(l.low, " for ") || isName(l.w[:i]))) {
			return i < 200
		}
	}
	return false
}

// poses are what captions show people doing.
var poses = phraseList(` speaks | speak | delivers | addresses | attends | attend | listens | gestures | arrives | walks |
 walk | stands | stand | poses | pose | listen | boards | board | shakes | meets | is seen | are seen | seen here| is pictured| pictured |
 during a news conference| patrol | patrols | takes part | take part | waits | holds a | hold a | looks on| testifies | pauses `)

// occasions are where and when they do it.
var occasions = phraseList(` during | in this | at a | at the | in a | on january| file| after a | before a | near | outside `)

// isCaption: one sentence in the present tense that tells what a picture
// shows, with its occasion.
func (l *look) isCaption() bool {
	if len(l.w) > 320 || quoted(l.w) {
		return false
	}
	if !poses.in(l.low) || strings.Contains(l.low, " said") || strings.Contains(l.low, " says") || strings.Contains(l.low, " announced") || strings.Contains(l.low, " told ") || strings.Contains(l.low, " that ") || strings.Contains(strings.TrimRight(l.w, ". )"), ". ") && l.words() > 30 {
		return false
	}
	return occasions.in(l.low)
}

// dated reports whether w ends with a day of a year, as captions do.
func dated(w string) bool {
	f := strings.Fields(w[max(0, len(w)-24):])
	n := len(f)
	if n < 3 || len(f[n-1]) < 4 {
		return false
	}
	year := strings.TrimRight(f[n-1], ".)")
	return len(year) == 4 && ascii[year[0]&0x7f] == digit && months[bare(strings.ToLower(f[n-3]))]
}
