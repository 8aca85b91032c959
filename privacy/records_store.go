package privacy

import (
	"context"
	"strings"

	"chibo/kit/db"
)

// record is one table of what is kept of a person. sql gets the root as $1 and the id of
// the person as $2, and returns one text a row: the columns in their order with a
// separator between them.
type record struct {
	kind    Kind
	name    string
	by      subject
	columns []Column
	sql     string
}

// separator stands between the columns of a row; no text that is kept holds it.
const separator = "\x1f"

// row writes expressions as one text. Both databases join texts with || and cast numbers.
func row(expressions ...string) string {
	for i, e := range expressions {
		expressions[i] = "CAST(" + e + " AS TEXT)"
	}
	return "SELECT " + strings.Join(expressions, " || '"+separator+"' || ")
}

// subject says by which id a table knows a person.
type subject bool

const (
	ofMember  subject = false
	ofAccount subject = true
)

// records are all tables that speak of a person but for the profile, the opinions and the
// looks, which are read otherwise. TestEveryTableIsKnown compares them with the schema.
var records = []record{
	{
		Profile, "standings", ofMember,
		[]Column{{Key: "from"}, of("standing", "member.standing"), {Key: "cell"}, {Key: "note"}},
		row("s.from_on", "s.standing", "o.name", "s.note") + ` FROM member_standing s JOIN organization o ON o.root_id = s.root_id AND o.id = s.organization_id
		WHERE s.root_id = $1 AND s.member_id = $2 ORDER BY s.from_on`,
	},
	{Profile, "awards", ofMember, text("day", "title", "giver"), row("a.given_on", "a.title", "a.giver") + ` FROM member_award a
		WHERE a.root_id = $1 AND a.member_id = $2 ORDER BY a.given_on`},
	{
		Profile, "offices", ofMember,
		[]Column{of("post", "organization.post"), {Key: "cell"}, {Key: "from"}, {Key: "until"}},
		row("f.post", "o.name", "f.from_on", "f.until_on") + ` FROM organization_office f JOIN organization o ON o.root_id = f.root_id AND o.id = f.organization_id
		WHERE f.root_id = $1 AND f.member_id = $2 ORDER BY f.from_on`,
	},
	{
		Profile, "seats", ofMember,
		[]Column{of("post", "organization.rank"), {Key: "name"}, {Key: "from"}, {Key: "until"}},
		row("t.rank", "d.name", "t.from_on", "t.until_on") + ` FROM organization_seat t
		JOIN organization_department d ON d.root_id = t.root_id AND d.id = t.department_id WHERE t.root_id = $1 AND t.member_id = $2 ORDER BY t.from_on`,
	},
	{
		Account, "delegations", ofMember,
		[]Column{of("role", "account.role"), {Key: "absent"}, {Key: "receiver"}, {Key: "from"}, {Key: "until"}},
		row("d.role", "g.full_name", "r.full_name", "d.from_on", "d.until_on") + ` FROM account_delegation d
		JOIN member g ON g.root_id = d.root_id AND g.id = d.giver JOIN member r ON r.root_id = d.root_id AND r.id = d.receiver
		WHERE d.root_id = $1 AND (d.giver = $2 OR d.receiver = $2) ORDER BY d.given_at`,
	},
	{Meetings, "attended", ofMember, []Column{at("at"), {Key: "meeting"}, {Key: "spoke"}}, row("m.starts_at", "m.title", "v.times") + ` FROM room_voice v
		JOIN meeting m ON m.root_id = v.root_id AND m.id = v.meeting_id WHERE v.root_id = $1 AND v.member_id = $2 ORDER BY m.starts_at`},
	{
		Meetings, "answers", ofMember,
		[]Column{at("at"), {Key: "meeting"}, of("reply", "meeting.answer"), of("reason", "meeting.reason"), {Key: "note"}},
		row("m.starts_at", "m.title", "r.reply", "r.reason", "r.note") + ` FROM meeting_response r
		JOIN meeting m ON m.root_id = r.root_id AND m.id = r.meeting_id WHERE r.root_id = $1 AND r.member_id = $2 ORDER BY m.starts_at`,
	},
	{Meetings, "checkins", ofMember, []Column{at("at"), {Key: "meeting"}}, row("k.at", "m.title") + ` FROM checkin k
		JOIN meeting m ON m.root_id = k.root_id AND m.id = k.meeting_id WHERE k.root_id = $1 AND k.member_id = $2 ORDER BY k.at`},
	{Meetings, "premeetings", ofMember, []Column{at("at"), {Key: "meeting"}}, row("m.starts_at", "m.title") + ` FROM meeting_premeeting_member p
		JOIN meeting m ON m.root_id = p.root_id AND m.id = p.meeting_id WHERE p.root_id = $1 AND p.member_id = $2 ORDER BY m.starts_at`},
	{Meetings, "visits", ofMember, []Column{at("at"), {Key: "cell"}, of("state", "visit.state")}, row("m.starts_at", "o.name", "v.state") + ` FROM visit v
		JOIN meeting m ON m.root_id = v.root_id AND m.id = v.meeting_id JOIN organization o ON o.root_id = v.root_id AND o.id = v.organization_id
		WHERE v.root_id = $1 AND v.member_id = $2 ORDER BY m.starts_at`},
	{Profile, "lives", ofMember, text("from", "cell", "decision"), row("l.from_on", "o.name", "l.decision") + ` FROM visit_life l
		JOIN organization o ON o.root_id = l.root_id AND o.id = l.organization_id WHERE l.root_id = $1 AND l.member_id = $2 ORDER BY l.from_on`},
	{Meetings, "pilots", ofMember, []Column{at("at"), {Key: "meeting"}}, row("g.invited_at", "s.title") + ` FROM pilot_guest g
		JOIN pilot x ON x.root_id = g.root_id AND x.id = g.pilot_id JOIN pilot_series s ON s.root_id = x.root_id AND s.id = x.series_id
		WHERE g.member_root = $1 AND g.member_id = $2 ORDER BY g.invited_at`},
	{
		Meetings, "conferences", ofMember,
		[]Column{at("at"), {Key: "title"}, {Key: "reach"}},
		row("d.named_at", "x.title", "TRIM(d.phone || ' ' || d.email || ' ' || d.reason)") + ` FROM delegate d
		JOIN conference x ON x.root_id = d.root_id AND x.id = d.conference_id
		WHERE d.member_root = $1 AND d.member_id = $2 ORDER BY d.named_at`,
	},
	{Meetings, "arrivals", ofMember, []Column{at("at"), {Key: "title"}}, row("e.at", "y.title") + ` FROM delegate d
		JOIN reception_event e ON e.root_id = d.root_id AND e.delegate_id = d.id AND e.kind = 'came'
		JOIN conference_sitting y ON y.root_id = e.root_id AND y.id = e.sitting_id
		WHERE d.member_root = $1 AND d.member_id = $2 ORDER BY e.at`},
	{Meetings, "masters", ofMember, []Column{at("at"), {Key: "title"}}, row("y.starts_at", "y.title") + ` FROM staging_script s
		JOIN conference_sitting y ON y.root_id = s.root_id AND y.id = s.sitting_id
		WHERE s.member_root = $1 AND s.member_id = $2 ORDER BY y.starts_at`},
	{Meetings, "stagings", ofMember, []Column{at("at"), {Key: "title"}}, row("d.due_at", "d.what") + ` FROM staging_duty d
		WHERE d.member_root = $1 AND d.member_id = $2 ORDER BY d.due_at`},
	{Meetings, "feedback", ofMember, []Column{at("at"), {Key: "title"}, {Key: "text"}}, row("s.given_at", "x.title", "m.text") + ` FROM feedback_sheet s
		JOIN feedback_remark m ON m.root_id = s.root_id AND m.sheet_id = s.id JOIN conference_sitting x ON x.root_id = s.root_id AND x.id = s.sitting_id
		WHERE s.member_root = $1 AND s.member_id = $2 ORDER BY s.given_at, m.id`},
	{Meetings, "told", ofMember, []Column{at("at")}, row("k.ticked_at") + ` FROM notice_tick k
		WHERE k.root_id = $1 AND k.member_id = $2 ORDER BY k.ticked_at`},
	{Meetings, "directives", ofMember, []Column{at("at"), {Key: "title"}}, row("r.read_at", "d.title") + ` FROM directive_reading r
		JOIN directive d ON d.id = r.directive_id WHERE r.root_id = $1 AND r.member_id = $2 ORDER BY r.read_at`},
	{Meetings, "votes", ofMember, text("question", "choice"), row("p.question", "v.choices") + ` FROM ballot_named v
		JOIN ballot_poll p ON p.root_id = v.root_id AND p.id = v.poll_id WHERE v.root_id = $1 AND v.member_id = $2 ORDER BY p.opened_at`},
	{Meetings, "polls", ofMember, []Column{{Key: "question"}, {Key: "voted"}}, row("p.question", "CASE WHEN v.voted THEN '✓' ELSE '' END") + ` FROM ballot_voter v
		JOIN ballot_poll p ON p.root_id = v.root_id AND p.id = v.poll_id WHERE v.root_id = $1 AND v.member_id = $2 ORDER BY p.opened_at`},
	{Meetings, "signatures", ofMember, []Column{at("at"), {Key: "meeting"}}, row("s.signed_at", "m.title") + ` FROM minutes_signature s
		JOIN meeting m ON m.root_id = s.root_id AND m.id = s.meeting_id WHERE s.root_id = $1 AND s.member_id = $2 ORDER BY s.signed_at`},
	{Meetings, "matters", ofMember, []Column{at("at"), {Key: "text"}, {Key: "answer"}}, row("x.sent_at", "x.text", "x.answer") + ` FROM matter x
		WHERE x.root_id = $1 AND x.member_id = $2 ORDER BY x.sent_at`},
	{
		Meetings, "pictures", ofMember,
		[]Column{{Key: "title"}, of("answer", "news.answer"), at("at")},
		row("i.title", "CASE WHEN n.answer = '' THEN 'none' ELSE n.answer END", "n.asked_at") + ` FROM news_person n JOIN news_picture p ON p.root_id = n.root_id AND p.id = n.picture_id
		JOIN news_item i ON i.root_id = p.root_id AND i.id = p.item_id WHERE n.root_id = $1 AND n.member_id = $2 ORDER BY n.asked_at`,
	},
	{
		Tasks, "tasks", ofMember,
		[]Column{{Key: "title"}, {Key: "due"}, of("state", "task.state"), {Key: "verdict", Of: "task.verdict"}},
		row("t.title", "t.due", "t.state", "t.verdict") + ` FROM task_owner w JOIN task t ON t.root_id = w.root_id AND t.id = w.task_id
		WHERE w.root_id = $1 AND w.member_id = $2 ORDER BY t.given_at`,
	},
	{Tasks, "charges", ofMember, []Column{at("at"), {Key: "text"}, {Key: "proposal"}}, row("r.at", "r.text", "r.proposal") + ` FROM task_charge_report r
		WHERE r.root_id = $1 AND r.member_id = $2 ORDER BY r.at`},
	{Tasks, "remedies", ofMember, text("title", "due", "result"), row("r.remedy", "r.due", "r.outcome") + ` FROM remedy r
		WHERE r.root_id = $1 AND r.member_id = $2 ORDER BY r.noted_at`},
	{Turns, "briefings", ofMember, []Column{at("at"), {Key: "meeting"}, {Key: "remark"}}, row("m.starts_at", "m.title", "b.remark") + ` FROM briefing b
		JOIN meeting m ON m.root_id = b.root_id AND m.id = b.meeting_id WHERE b.root_id = $1 AND b.teller = $2 ORDER BY m.starts_at`},
	{Turns, "excuses", ofMember, text("until", "reason"), row("e.until", "e.reason") + ` FROM briefing_excuse e
		WHERE e.root_id = $1 AND e.member_id = $2 ORDER BY e.recorded_at`},
	{Turns, "themes", ofMember, text("month", "title"), row("t.month", "t.title") + ` FROM theme t
		WHERE t.root_id = $1 AND t.presenter = $2 ORDER BY t.month`},
	{
		Study, "studied", ofMember, text("day", "title", "made_up"),
		row("s.held_on", "s.subject", "a.made_up_on") + ` FROM study_attendance a
		JOIN study_session s ON s.root_id = a.root_id AND s.id = a.session_id WHERE a.root_id = $1 AND a.member_id = $2 ORDER BY s.held_on`,
	},
	{
		Study, "courses", ofMember, text("from", "until", "title", "giver"),
		row("c.from_on", "c.until_on", "c.name", "c.organizer") + ` FROM study_course c
		WHERE c.root_id = $1 AND c.member_id = $2 ORDER BY c.from_on`,
	},
	{Study, "training", ofMember, []Column{{Key: "from"}, {Key: "until"}, {Key: "title"}, of("state", "training.state")}, row("c.from_on", "c.until_on", "c.title", "t.state") + ` FROM training_seat t
		JOIN training_course c ON c.root_id = t.root_id AND c.id = t.course_id WHERE t.root_id = $1 AND t.member_id = $2 ORDER BY c.from_on`},
	{
		Ratings, "ratings", ofMember,
		[]Column{{Key: "month"}, {Key: "self", Of: "rating.level"}, {Key: "strengths"}, {Key: "faults"}, {Key: "level", Of: "rating.level"}},
		row("r.first_month", "g.self_level", "g.strengths", "g.faults", "CASE WHEN r.state = 'told' THEN g.level ELSE '' END") + ` FROM rating g
		JOIN rating_round r ON r.root_id = g.root_id AND r.id = g.round_id WHERE g.root_id = $1 AND g.subject = $2 ORDER BY r.first_month`,
	},
	{Ratings, "remarks", ofMember, []Column{{Key: "day"}, {Key: "text"}}, row("r.said_on", "r.text") + ` FROM rating_remark r
		WHERE r.root_id = $1 AND r.member_id = $2 ORDER BY r.said_on`},
	{Ratings, "said", ofMember, []Column{{Key: "day"}, {Key: "text"}}, row("c.held_on", "c.text") + ` FROM room_commendation c
		WHERE c.root_id = $1 AND c.member_id = $2 ORDER BY c.held_on`},
	{Ratings, "past", ofMember, []Column{{Key: "year"}, {Key: "level", Of: "rating.level"}}, row("p.year", "p.level") + ` FROM rating_past p
		WHERE p.root_id = $1 AND p.subject = $2 ORDER BY p.year`},
	{Ratings, "complaints", ofMember, []Column{at("at"), {Key: "text"}, {Key: "answer"}}, row("c.at", "c.text", "c.answer") + ` FROM rating_complaint c
		WHERE c.root_id = $1 AND c.subject = $2 ORDER BY c.at`},
	{Care, "hardships", ofMember, text("from", "text", "result"), row("h.since_on", "h.what", "h.outcome") + ` FROM care_hardship h
		WHERE h.root_id = $1 AND h.member_id = $2 ORDER BY h.since_on`},
	{Care, "deeds", ofMember, text("day", "text", "giver"), row("d.given_on", "d.what", "d.giver") + ` FROM care_deed d
		WHERE d.root_id = $1 AND d.member_id = $2 ORDER BY d.given_on`},
	{Care, "families", ofMember, []Column{{Key: "year"}, {Key: "cultured"}}, row("f.year", "CASE WHEN f.cultured THEN '✓' ELSE '' END") + ` FROM care_family f
		WHERE f.root_id = $1 AND f.member_id = $2 ORDER BY f.year`},
	{Care, "homes", ofMember, text("cell", "from"), row("h.cell", "h.introduced_on") + ` FROM care_home h
		WHERE h.root_id = $1 AND h.member_id = $2`},
	{Care, "comments", ofMember, text("year", "strengths", "faults"), row("c.year", "c.merits", "c.faults") + ` FROM care_comment c
		WHERE c.root_id = $1 AND c.member_id = $2 ORDER BY c.year`},
	{Notebook, "inspections", ofMember, []Column{{Key: "day"}, {Key: "remark"}}, row("i.shown_on", "i.remark") + ` FROM notebook_inspection i
		WHERE i.root_id = $1 AND i.member_id = $2 ORDER BY i.shown_on`},
	{Notebook, "notes", ofAccount, []Column{{Key: "meeting"}, at("at")}, row("m.title", "n.changed_at") + ` FROM notebook_note n
		JOIN meeting m ON m.root_id = n.root_id AND m.id = n.meeting_id WHERE n.root_id = $1 AND n.account_id = $2 ORDER BY m.starts_at`},
	{Account, "accounts", ofAccount, []Column{{Key: "name"}, at("at")}, row("a.sign_name", "a.created_at") + ` FROM account a
		WHERE a.root_id = $1 AND a.id = $2`},
	{Account, "sessions", ofAccount, []Column{{Key: "device"}, at("at"), at("seen"), at("ended")}, row("s.device", "s.created_at", "s.seen_at", "s.ended_at") + ` FROM account_session s
		WHERE s.root_id = $1 AND s.account_id = $2 ORDER BY s.created_at`},
	{Account, "passkeys", ofAccount, []Column{{Key: "device"}, at("at"), at("last")}, row("p.name", "p.made_at", "p.used_at") + ` FROM passkey p
		WHERE p.root_id = $1 AND p.account_id = $2 ORDER BY p.made_at`},
	{Account, "providers", ofAccount, []Column{{Key: "name"}, at("at"), at("last")}, row("l.name", "l.linked_at", "l.used_at") + ` FROM provider_link l
		WHERE l.root_id = $1 AND l.account_id = $2`},
	{Account, "recoveries", ofAccount, []Column{at("at"), at("ended")}, row("r.asked_at", "r.ended_at") + ` FROM account_recovery r
		WHERE r.root_id = $1 AND r.account_id = $2 ORDER BY r.asked_at`},
	{Account, "factors", ofAccount, []Column{at("at")}, row("f.made_at") + ` FROM factor f
		WHERE f.root_id = $1 AND f.account_id = $2`},
	{Account, "papers", ofAccount, []Column{at("at"), at("used")}, row("f.made_at", "f.used_at") + ` FROM factor_paper f
		WHERE f.root_id = $1 AND f.account_id = $2 ORDER BY f.hash`},
	{Account, "codes", ofAccount, []Column{at("at"), at("used")}, row("c.issued_at", "c.used_at") + ` FROM account_code c
		WHERE c.root_id = $1 AND c.account_id = $2 ORDER BY c.issued_at`},
	{Account, "roles", ofAccount, []Column{of("role", "account.role"), at("at"), at("ended")}, row("g.role", "g.given_at", "g.revoked_at") + ` FROM account_grant g
		WHERE g.root_id = $1 AND g.account_id = $2 ORDER BY g.given_at`},
	{Notices, "notices", ofMember, []Column{at("at"), at("seen"), at("mailed")}, row("n.told_at", "n.read_at", "n.mailed_at") + ` FROM notice n
		WHERE n.root_id = $1 AND n.member_id = $2 ORDER BY n.told_at`},
	{
		Notices, "phones", ofMember,
		[]Column{{Key: "device"}, at("at"), at("last")},
		row("p.device", "p.made_at", "p.called_at") + ` FROM notice_push p
		WHERE p.root_id = $1 AND p.member_id = $2 ORDER BY p.made_at`,
	},
	{Deeds, "log", ofAccount, []Column{{Key: "times"}, at("last")}, row("COUNT(*)", "MAX(a.at)") + ` FROM audit a
		WHERE a.root_id = $1 AND a.account_id = $2` + ` HAVING COUNT(*) > 0`},
	{Deeds, "acts", ofAccount, []Column{{Key: "times"}, at("last")}, row("COUNT(*)", "MAX(a.at)") + ` FROM act a
		WHERE a.root_id = $1 AND a.account_id = $2` + ` HAVING COUNT(*) > 0`},
	{Deeds, "receptions", ofAccount, []Column{{Key: "times"}, at("last")}, row("COUNT(*)", "MAX(e.received_at)") + ` FROM reception_event e
		WHERE e.root_id = $1 AND e.account_id = $2` + ` HAVING COUNT(*) > 0`},
	{Deeds, "imports", ofAccount, []Column{{Key: "name"}, at("at")}, row("i.name", "i.uploaded_at") + ` FROM member_import i
		WHERE i.root_id = $1 AND i.account_id = $2 ORDER BY i.uploaded_at`},
	{Deeds, "delegate_imports", ofAccount, []Column{at("at")}, row("i.uploaded_at") + ` FROM delegate_import i
		WHERE i.root_id = $1 AND i.account_id = $2 ORDER BY i.uploaded_at`},
	{Deeds, "permits", ofAccount, []Column{at("at"), {Key: "reason"}, of("state", "permit.state")}, row("p.asked_at", "p.reason", "p.state") + ` FROM permit p
		WHERE p.root_id = $1 AND p.account_id = $2 AND p.state <> 'begun' ORDER BY p.asked_at`},
	{Deeds, "permit_first", ofAccount, []Column{{Key: "day"}}, row("f.taken_on") + ` FROM permit_first f
		WHERE f.root_id = $1 AND f.account_id = $2`},
	{Deeds, "permit_asked", ofAccount, []Column{at("at"), of("state", "permit.state")}, row("p.asked_at", "p.state") + ` FROM permit_asked k
		JOIN permit p ON p.root_id = k.root_id AND p.id = k.permit_id WHERE k.root_id = $1 AND k.account_id = $2 ORDER BY p.asked_at`},
	{
		Requests, "requests", ofMember,
		[]Column{at("at"), of("claim", "privacy.claim"), {Key: "text"}, of("state", "privacy.state"), {Key: "answer"}},
		row("r.made_at", "r.claim", "r.text", "r.state", "r.answer") + ` FROM privacy_request r
		WHERE r.root_id = $1 AND r.member_id = $2 ORDER BY r.made_at`,
	},
	{Requests, "acknowledged", ofAccount, []Column{at("at")}, row("k.read_at") + ` FROM privacy_acknowledgement k
		WHERE k.root_id = $1 AND k.account_id = $2 ORDER BY k.read_at`},
}

// read returns the table of a record for somebody.
func (r record) read(ctx context.Context, q db.Q, root, member, account string) (Table, error) {
	t := Table{Kind: r.kind, Name: r.name, Columns: r.columns}
	id := member
	if r.by == ofAccount {
		id = account
	}
	rows, err := db.All[string](ctx, q, r.sql, root, id)
	for _, line := range rows {
		t.Rows = append(t.Rows, strings.Split(line, separator))
	}
	return t, err
}

// heardAt returns the closed meetings to which somebody came, in the order of time.
func heardAt(ctx context.Context, q db.Q, root, member string) ([]string, error) {
	return db.All[string](ctx, q, `SELECT v.meeting_id FROM room_voice v JOIN meeting m ON m.root_id = v.root_id AND m.id = v.meeting_id
		WHERE v.root_id = $1 AND v.member_id = $2 ORDER BY m.starts_at, m.id`, root, member)
}
