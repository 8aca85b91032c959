package lookup

import (
	"context"
	"strings"

	"chibo/directive"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/kit/search"
	"chibo/library"
	"chibo/minutes"
	"chibo/task"
)

// Service finds.
type Service struct {
	DB *db.DB
}

// Find returns what a reader may read of one kind that has the folded words behind each
// other, where nothing has them so, what has all of them; at most limit, the newest first.
func (s *Service) Find(ctx context.Context, who access.Person, kind Kind, words []string, limit int) ([]Hit, error) {
	if len(words) == 0 {
		return nil, nil
	}
	find := map[Kind]func(context.Context, access.Person, question) ([]Hit, error){
		Documents: s.documents, Directives: s.directives, Minutes: s.minutes, Tasks: s.tasks,
	}[kind]
	hits, err := find(ctx, who, question{[]string{strings.Join(words, " ")}, words, limit})
	if err != nil || len(hits) > 0 || len(words) == 1 {
		return hits, err
	}
	return find(ctx, who, question{words, words, limit})
}

// question is what is looked for: wanted must all be there, marked are shown in excerpts.
type question struct {
	wanted, marked []string
	limit          int
}

// documents looks through those that committees have entered, and those that come with the
// program.
func (s *Service) documents(ctx context.Context, who access.Person, q question) ([]Hit, error) {
	if !who.May(library.Read) {
		return nil, nil
	}
	entered, err := library.SearchDocuments(ctx, s.DB, who, q.wanted, q.limit)
	if err != nil {
		return nil, err
	}
	var out []Hit
	for _, d := range entered {
		out = append(out, Hit{Title: d.String(), Small: d.Title, URL: d.Path(), Excerpt: Excerpt(d.Text, q.marked)})
	}
	for _, d := range library.Sources() {
		if len(out) < q.limit && search.Has(search.Words(d.String()+" "+d.Title), q.wanted) {
			out = append(out, Hit{Title: d.String(), URL: library.PathOf(d), Excerpt: Excerpt(d.Title, q.marked)})
		}
	}
	return out, nil
}

func (s *Service) directives(ctx context.Context, who access.Person, q question) ([]Hit, error) {
	all, err := directive.Search(ctx, s.DB, who.Scope(directive.Send), who.Scope(directive.See), q.wanted, q.limit)
	var out []Hit
	for _, d := range all {
		out = append(out, Hit{Title: d.Title, Small: d.Citation, URL: d.Path(), Excerpt: Excerpt(d.Text, q.marked)})
	}
	return out, err
}

func (s *Service) minutes(ctx context.Context, who access.Person, q question) ([]Hit, error) {
	all, err := minutes.Search(ctx, s.DB, who.Scope(minutes.MayRead), q.wanted, q.limit)
	var out []Hit
	for _, m := range all {
		text, err := minutes.TextOf(ctx, s.DB, m.Root, m.Meeting)
		if err != nil {
			return nil, err
		}
		out = append(out, Hit{
			Title: m.Title, Small: m.Cell + " · " + m.Day.Slashed(), URL: "/meetings/" + m.Meeting + "/minutes", Excerpt: Excerpt(text, q.marked),
		})
	}
	return out, err
}

func (s *Service) tasks(ctx context.Context, who access.Person, q question) ([]Hit, error) {
	all, err := task.Search(ctx, s.DB, who.Scope(task.MayRead), q.wanted, q.limit)
	var out []Hit
	for _, t := range all {
		out = append(out, Hit{
			Title: t.Title, Small: t.Cell + " · " + t.GivenAt.Date().Slashed(), URL: t.Path(),
			Excerpt: Excerpt(t.DoneWhen+" "+t.Source, q.marked),
		})
	}
	return out, err
}
