package task

import (
	"context"

	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/fault"
	"chibo/kit/id"
	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

// Charges returns the standing duties of a unit, in the order of its roll, with what
// was reported after the moment since.
func Charges(ctx context.Context, q db.Q, root, organization string, since when.Instant, day when.Date) ([]Charge, error) {
	roll, err := member.Roll(ctx, q, root, organization, day)
	if err != nil {
		return nil, err
	}
	reports, err := chargeReports(ctx, q, root, organization, since)
	return charges(roll, reports), err
}

// chargesOf returns the standing duties of a unit that the person may see, since its
// last meeting.
func (s *Service) chargesOf(ctx context.Context, who access.Person, unit string) ([]Charge, organization.Organization, error) {
	o, err := organization.Get(ctx, s.DB, who.Scope(MayRead), unit)
	if err != nil {
		return nil, o, err
	}
	since, err := s.LastMet(ctx, s.DB, o.Root, o.ID)
	if err != nil {
		return nil, o, err
	}
	all, err := Charges(ctx, s.DB, o.Root, o.ID, since, s.now().Date())
	return all, o, err
}

// ChargeDraft is what the form of a report on a field or an area asks for.
type ChargeDraft struct {
	Organization string `form:"organization"` // id of the unit
	// Member is the member in charge, where somebody else enters the report.
	Member   string `form:"member"`
	Text     string `form:"text"`
	Proposal string `form:"proposal"`
}

// ReportCharge writes a report on a field or an area, by the member in charge or by
// a leader of the unit who enters it.
func (s *Service) ReportCharge(ctx context.Context, who access.Person, d ChargeDraft) error {
	all, o, err := s.chargesOf(ctx, who, d.Organization)
	if err != nil {
		return err
	}
	r := ChargeReport{Root: o.Root, ID: id.New(), Organization: o.ID, Member: d.Member, At: s.now(), Text: d.Text, Proposal: d.Proposal}
	switch {
	case who.MayAt(MayGive, o.Path) && d.Member != "" && d.Member != who.Member:
		r.By = who.Member
	case who.MayAt(MayReport, o.Path) && (d.Member == "" || d.Member == who.Member):
		r.Member = who.Member
	default:
		return fault.New(fault.Forbidden, "task.refused.not_in_charge")
	}
	if !inCharge(all, r.Member) {
		return fault.New(fault.Forbidden, "task.refused.not_in_charge")
	}
	if err := r.check(); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := db.Insert(ctx, tx, "task_charge_report", r); err != nil {
			return err
		}
		return s.Audit.Write(ctx, tx, who, r.Root, "task.charge_reported", r.ID, nil)
	})
}

func inCharge(all []Charge, memberID string) bool {
	for _, c := range all {
		if c.Member == memberID {
			return true
		}
	}
	return false
}
