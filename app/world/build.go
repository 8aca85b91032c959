package world

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"

	"github.com/alexedwards/argon2id"

	"chibo/account"
	"chibo/app"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/when"
	"chibo/member"
	"chibo/organization"
)

// builder founds a ward and lets its months pass.
type builder struct {
	app      *app.App
	clock    *Clock
	names    *namer
	hashes   map[access.Role]string
	operator access.Person
	province organization.Organization // above the ward; zero for none
	ward     organization.Organization
	cells    []*cell
	accounts []Account
}

// cell is a founded cell with what the builder must remember of it.
type cell struct {
	plannedCell
	r         *rand.Rand
	org       organization.Organization
	settings  organization.Settings
	people    []resident
	secretary access.Person
	taker     string // id of the minute-taker
	follower  string // id of the comrade of the ward who follows the cell
	next      string // id of the next meeting, empty before the first month
}

// Account is a person of the world who can sign in.
type Account struct {
	Name         string      `json:"name"` // as it is typed to sign in
	Password     string      `json:"password"`
	Role         access.Role `json:"role"`
	Organization string      `json:"organization"` // id
	Unit         string      `json:"unit"`         // its name
	FullName     string      `json:"full_name"`
	Member       string      `json:"-"`
	account      account.Account
}

// Password returns the password of everybody of a role.
func Password(r access.Role) string { return "cheo thuyen qua song " + string(r) }

func newBuilder(a *app.App, clock *Clock, seed uint64) *builder {
	return &builder{app: a, clock: clock, names: newNamer(rand.New(rand.NewPCG(seed, 1))), hashes: map[access.Role]string{}} // #nosec G404 -- made-up people, the same for the same seed
}

// hash returns what is stored of the password of a role, made once. The passwords
// of a demo are known to everybody, so their hash is cheap: the thousand
// signatures of its year must not take minutes.
func (b *builder) hash(r access.Role) (string, error) {
	if h := b.hashes[r]; h != "" {
		return h, nil
	}
	h, err := argon2id.CreateHash(Password(r), &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	b.hashes[r] = h
	return h, err
}

// grant is a role in a unit.
func (b *builder) grant(r access.Role, o organization.Organization) access.Grant {
	return access.Grant{Role: r, Root: o.Root, Organization: o.ID, Name: o.Name, Path: o.Path, Needs: b.app.Accounts.Rights.Set(r)}
}

// found makes the ward and its cells with their people and offices on day.
func (b *builder) found(ctx context.Context, plan []plannedCell, seed uint64, day when.Date) error {
	ward := organization.Organization{
		Level: organization.Ward, Name: "Đảng bộ phường Sông Xanh", Superior: "ĐẢNG BỘ TỈNH BẾN HỒ", Town: "Sông Xanh",
	}
	var err error
	founder := access.Person{Name: "demo"}
	if b.province.ID != "" {
		founder.Grants = []access.Grant{b.grant(access.Administrator, b.province)}
	}
	if b.ward, err = b.app.Organizations.Add(ctx, founder, b.province.ID, ward); err != nil {
		return fmt.Errorf("ward: %w", err)
	}
	b.operator = access.Person{Account: "demo", Name: "demo", Root: b.ward.Root, Grants: []access.Grant{
		b.grant(access.Administrator, b.ward), b.grant(access.Clerk, b.ward), b.grant(access.Secretary, b.ward),
	}}
	first := 1
	for i, p := range plan {
		c := &cell{plannedCell: p, r: rand.New(rand.NewPCG(seed, uint64(i)+2))} // #nosec G404 -- made-up people, the same for the same seed
		c.people = settle(c.r, b.names, p, first, day)
		first += len(c.people)
		b.cells = append(b.cells, c)
	}
	if err := each(b.cells, func(c *cell) error { return b.foundCell(ctx, c, day) }); err != nil {
		return err
	}
	if err := b.electCommittee(ctx, day); err != nil {
		return fmt.Errorf("committee: %w", err)
	}
	for _, c := range b.cells { // one after the other: names are told apart by a number in this order
		if err := b.openAccounts(ctx, c); err != nil {
			return fmt.Errorf("accounts of %s: %w", c.name, err)
		}
	}
	return nil
}

func (b *builder) foundCell(ctx context.Context, c *cell, day when.Date) (err error) {
	c.org, err = b.app.Organizations.Add(ctx, b.operator, b.ward.ID, organization.Organization{
		Level: organization.Cell, Kind: c.kind, Name: c.name, Superior: "ĐẢNG BỘ PHƯỜNG SÔNG XANH", Town: "Sông Xanh",
	})
	if err != nil {
		return fmt.Errorf("%s: %w", c.name, err)
	}
	c.settings = organization.Defaults(c.org.Root, c.org.ID)
	c.settings.From, c.settings.Start, c.settings.Place = day, c.start, c.place
	if c.kind != organization.Residential {
		c.settings.DayRule = organization.NextWorkingDay
	}
	if c.r.IntN(5) == 0 && c != b.cells[0] {
		c.settings.MeetingDay = 2 + c.r.IntN(4)
	}
	if err := b.app.Organizations.Settle(ctx, b.operator, c.settings); err != nil {
		return fmt.Errorf("settings of %s: %w", c.name, err)
	}
	term := organization.Term{Organization: c.org.ID, Name: "2025 - 2027", From: when.On(2025, 6, 1)}
	if err := b.app.Organizations.SetTerm(ctx, b.operator, term); err != nil {
		return fmt.Errorf("term of %s: %w", c.name, err)
	}
	for i, p := range c.people {
		record := member.Record{Standing: p.standing, From: p.since}
		if c.people[i].Member, err = b.app.Members.Add(ctx, b.operator, c.org.ID, p.Member, record); err != nil {
			return fmt.Errorf("%s of %s: %w", p.FullName, c.name, err)
		}
	}
	return b.electCell(ctx, c, day)
}

// elected is how many people of a cell hold its offices: the first of its roll.
const elected = 4

// electCell chooses the committee of a cell and its minute-taker.
func (b *builder) electCell(ctx context.Context, c *cell, day when.Date) error {
	posts := [elected]organization.Post{organization.Secretary, organization.Deputy, organization.CommitteeMember, organization.MinuteTaker}
	for i, post := range posts {
		office := organization.Office{Organization: c.org.ID, Member: c.people[i].ID, Post: post, From: day}
		if _, err := b.app.Organizations.Appoint(ctx, b.operator, office); err != nil {
			return fmt.Errorf("%s of %s: %w", post, c.name, err)
		}
	}
	c.taker = c.people[3].ID
	return nil
}

// office is the cell whose people run the ward: an agency, or the first cell where
// there is none.
func (b *builder) office() *cell {
	if i := slices.IndexFunc(b.cells, func(c *cell) bool { return c.kind == organization.Agency }); i >= 0 {
		return b.cells[i]
	}
	return b.cells[0]
}

// staff are the people who run the ward, who hold no office in their cell.
type staff struct {
	committee                        []resident
	clerk, administrator, specialist resident
}

func (b *builder) wardStaff() staff {
	people := b.office().people
	free := people[elected+1 : len(people)-1] // the one before them is nothing but a member
	n := min(4, len(free)-3)
	return staff{free[:n], free[n], free[n+1], free[n+2]}
}

// electCommittee gives the ward its offices and every cell somebody who follows it.
func (b *builder) electCommittee(ctx context.Context, day when.Date) error {
	ward := b.wardStaff()
	appoint := func(o organization.Organization, m resident, post organization.Post) error {
		_, err := b.app.Organizations.Appoint(ctx, b.operator, organization.Office{Organization: o.ID, Member: m.ID, Post: post, From: day})
		return err
	}
	for _, m := range ward.committee {
		if err := appoint(b.ward, m, organization.PartyCommittee); err != nil {
			return err
		}
	}
	for i, c := range b.cells {
		follower := ward.committee[i%len(ward.committee)]
		if err := appoint(c.org, follower, organization.Supervisor); err != nil {
			return err
		}
		c.follower = follower.ID
	}
	return errors.Join(
		appoint(b.ward, ward.clerk, organization.Clerk),
		appoint(b.ward, ward.administrator, organization.Administrator),
		b.foundDepartments(ctx, ward, day),
	)
}

// foundDepartments gives the ward an organisation department, where a member of its
// committee and a specialist work, and its office.
func (b *builder) foundDepartments(ctx context.Context, ward staff, day when.Date) error {
	who := b.operator
	who.Grants = append(slices.Clone(who.Grants), b.grant(access.Committee, b.ward))
	found := func(kind organization.DepartmentKind, name string) (organization.Department, error) {
		return b.app.Organizations.Found(ctx, who, organization.Department{Organization: b.ward.ID, Kind: kind, Name: name})
	}
	if _, err := found(organization.PartyOffice, "Văn phòng Đảng ủy"); err != nil {
		return err
	}
	d, err := found(organization.OrganizationDepartment, "Ban Tổ chức Đảng ủy")
	if err != nil {
		return err
	}
	place := func(rank organization.Rank, m resident) error {
		return b.app.Organizations.Place(ctx, who, organization.Seat{Department: d.ID, Member: m.ID, Rank: rank, From: day})
	}
	return errors.Join(place(organization.Head, ward.committee[len(ward.committee)-1]), place(organization.Specialist, ward.specialist))
}

// openAccounts lets the secretary, the minute-taker and a member of a cell in, and
// in the first cell and the ward one person of each other role.
func (b *builder) openAccounts(ctx context.Context, c *cell) error {
	type one struct {
		role access.Role
		org  organization.Organization
		who  resident
	}
	let := []one{
		{access.Secretary, c.org, c.people[0]},
		{access.MinuteTaker, c.org, c.people[3]},
		{access.Member, c.org, c.people[elected]},
	}
	if c == b.cells[0] {
		ward := b.wardStaff()
		let = append(let,
			one{access.Deputy, c.org, c.people[1]},
			one{access.Probationary, c.org, c.people[len(c.people)-1]},
			one{access.Committee, b.ward, ward.committee[0]},
			one{access.Clerk, b.ward, ward.clerk},
			one{access.Department, b.ward, ward.specialist},
			one{access.Administrator, b.ward, ward.administrator},
		)
	}
	for _, o := range let {
		a, err := b.openAccount(ctx, o.role, o.org, o.who)
		if err != nil {
			return err
		}
		if o.role == access.Secretary {
			c.secretary = b.person(a, c.org)
		}
	}
	return nil
}

func (b *builder) openAccount(ctx context.Context, r access.Role, o organization.Organization, m resident) (Account, error) {
	hash, err := b.hash(r)
	if err != nil {
		return Account{}, err
	}
	var a account.Account
	err = b.app.DB.Tx(ctx, func(tx *db.Tx) error {
		a, err = account.Enroll(ctx, tx, m.Root, m.ID, m.FullName, hash, when.At(b.clock.Now()))
		return err
	})
	name := m.FullName
	if account.SignName(name, 0) != a.SignName {
		name = a.SignName
	}
	out := Account{name, Password(r), r, o.ID, o.Name, m.FullName, m.ID, a}
	b.accounts = append(b.accounts, out)
	return out, err
}

// person is who acts for an account while the world is built.
func (b *builder) person(a Account, o organization.Organization) access.Person {
	return access.Person{
		Account: a.account.ID, Member: a.Member, Name: a.FullName, Root: o.Root, Session: "world",
		Grants: []access.Grant{b.grant(a.Role, o)},
	}
}

// each does f for all items, some at a time, and returns all errors.
func each[T any](items []T, f func(T) error) error {
	var wg sync.WaitGroup
	gate := make(chan struct{}, 16)
	errs := make([]error, len(items))
	for i, item := range items {
		gate <- struct{}{}
		wg.Go(func() {
			defer func() { <-gate }()
			errs[i] = f(item)
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}
