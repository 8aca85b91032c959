package lookup

import (
	"context"

	"chibo/directive"
	"chibo/kit/access"
	"chibo/kit/db"
	"chibo/library"
	"chibo/minutes"
	"chibo/task"
)

// Service finds.
type Service struct {
	DB *db.DB
}

// Find returns what a reader may read of one kind that has all the folded words, at most
// limit, the newest first.
func (s *Service) Find(ctx context.Context, who access.Person, kind Kind, words []string, limit int) ([]Hit, error) {
	if len(words) == 0 {
		return nil, nil
	}
	switch kind {
	case Documents:
		return s.documents(ctx, who, words, limit)
	case Directives:
		return s.directives(ctx, who, words, limit)
	case Minutes:
		return s.minutes(ctx, who, words, limit)
	case Tasks:
		return s.tasks(ctx, who, words, limit)
	}
	return nil, nil
}

// documents looks through those that committees have entered, and those that come with the
// program.
func (s *Service) documents(ctx context.Context, who access.Person, words []string, limit int) ([]Hit, error) {
	if !who.May(library.Read) {
		return nil, nil
	}
	entered, err := library.SearchDocuments(ctx, s.DB, who, words, limit)
	if err != nil {
		return nil, err
	}
	var out []Hit
	for _, d := range entered {
		out = append(out, Hit{Title: d.String(), Small: d.Title, URL: d.Path(), Excerpt: Excerpt(d.Text, words)})
	}
	for _, d := range library.Sources() {
		if len(out) < limit && has(d.String()+" "+d.Title, words) {
			out = append(out, Hit{Title: d.String(), URL: library.PathOf(d), Excerpt: Excerpt(d.Title, words)})
		}
	}
	return out, nil
}

func (s *Service) directives(ctx context.Context, who access.Person, words []string, limit int) ([]Hit, error) {
	all, err := directive.Search(ctx, s.DB, who.Scope(directive.Send), who.Scope(directive.See), words, limit)
	var out []Hit
	for _, d := range all {
		out = append(out, Hit{Title: d.Title, Small: d.Citation, URL: d.Path(), Excerpt: Excerpt(d.Text, words)})
	}
	return out, err
}

func (s *Service) minutes(ctx context.Context, who access.Person, words []string, limit int) ([]Hit, error) {
	all, err := minutes.Search(ctx, s.DB, who.Scope(minutes.MayRead), words, limit)
	var out []Hit
	for _, m := range all {
		text, err := minutes.TextOf(ctx, s.DB, m.Root, m.Meeting)
		if err != nil {
			return nil, err
		}
		out = append(out, Hit{
			Title: m.Title, Small: m.Cell + " · " + m.Day.Slashed(), URL: "/meetings/" + m.Meeting + "/minutes", Excerpt: Excerpt(text, words),
		})
	}
	return out, err
}

func (s *Service) tasks(ctx context.Context, who access.Person, words []string, limit int) ([]Hit, error) {
	all, err := task.Search(ctx, s.DB, who.Scope(task.MayRead), words, limit)
	var out []Hit
	for _, t := range all {
		out = append(out, Hit{
			Title: t.Title, Small: t.Cell + " · " + t.GivenAt.Date().Slashed(), URL: t.Path(),
			Excerpt: Excerpt(t.DoneWhen+" "+t.Source, words),
		})
	}
	return out, err
}
