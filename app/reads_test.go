package app_test

import (
	"go/ast"
	"go/token"
	"maps"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"chibo/kit/web"
)

// reading is what a piece of source reads of a request.
type reading struct {
	queries map[string]bool // names behind the question mark
	fields  map[string]bool // names in a form
}

func newReading() reading { return reading{map[string]bool{}, map[string]bool{}} }

func (r reading) add(other reading) {
	maps.Copy(r.queries, other.queries)
	maps.Copy(r.fields, other.fields)
}

// readers knows from the source which names every function of the program reads of a request,
// so that a sweep asks for those of a route that is new without being told of them.
type readers struct {
	direct map[string]reading  // by function, "visit.index": its own
	calls  map[string][]string // by function: those that it names
	types  map[string][]string // by type, "visit.remark": the names of its fields in a form
	embeds map[string][]string // by type: those that are parts of it
	consts map[string]string   // by name, "web.PressField": what a constant says
}

// newReaders reads the sources.
func newReaders(t *testing.T) *readers {
	t.Helper()
	all := &readers{map[string]reading{}, map[string][]string{}, map[string][]string{}, map[string][]string{}, map[string]string{}}
	of := slices.DeleteFunc(slices.Clone(sources(t)), func(s source) bool { return strings.HasPrefix(s.pkg, "cmd/") || strings.HasPrefix(s.pkg, "bench/") })
	for _, s := range of {
		for _, d := range s.file.Decls {
			if g, is := d.(*ast.GenDecl); is {
				all.declare(s, g)
			}
		}
	}
	for _, s := range of {
		for _, d := range s.file.Decls {
			if f, is := d.(*ast.FuncDecl); is && f.Body != nil && isAsked(f) {
				all.read(s, f)
			}
		}
	}
	return all
}

// declare notes the constants and the types of a declaration.
func (r *readers) declare(s source, g *ast.GenDecl) {
	for _, spec := range g.Specs {
		switch spec := spec.(type) {
		case *ast.ValueSpec:
			for n, name := range spec.Names {
				if n < len(spec.Values) {
					if l, is := spec.Values[n].(*ast.BasicLit); is && l.Kind == token.STRING {
						r.consts[s.pkg+"."+name.Name], _ = strconv.Unquote(l.Value) // the parser has read it
					}
				}
			}
		case *ast.TypeSpec:
			if st, is := spec.Type.(*ast.StructType); is {
				r.types[s.pkg+"."+spec.Name.Name] = tags(st)
				for _, f := range st.Fields.List {
					if name := nameOf(s, f.Type); len(f.Names) == 0 && name != "" {
						r.embeds[s.pkg+"."+spec.Name.Name] = append(r.embeds[s.pkg+"."+spec.Name.Name], name)
					}
				}
			}
		}
	}
}

// tags are the names that a struct has in a form.
func tags(st *ast.StructType) (names []string) {
	for _, f := range st.Fields.List {
		if f.Tag == nil {
			continue
		}
		text, _ := strconv.Unquote(f.Tag.Value) // the parser has read it
		if name := reflect.StructTag(text).Get("form"); name != "" && name != "-" {
			names = append(names, name)
		}
	}
	return names
}

// nameOf is the whole name of what an expression names, "visit.remark"; empty where it may be
// anything.
func nameOf(s source, x ast.Expr) string {
	switch x := x.(type) {
	case *ast.StarExpr:
		return nameOf(s, x.X)
	case *ast.Ident:
		return s.pkg + "." + x.Name
	case *ast.SelectorExpr:
		if pkg, is := x.X.(*ast.Ident); is {
			for _, path := range s.imports() {
				if own, is := strings.CutPrefix(path, "chibo/"); is && own[strings.LastIndex(own, "/")+1:] == pkg.Name {
					return own + "." + x.Sel.Name
				}
			}
		}
		return s.pkg + "." + x.Sel.Name // a method of something
	}
	return ""
}

// isAsked reports whether a function is handed a request, or what came with one.
func isAsked(f *ast.FuncDecl) (asked bool) {
	ast.Inspect(f, func(n ast.Node) bool {
		if t, is := n.(*ast.FuncType); is {
			for _, p := range t.Params.List {
				x := p.Type
				if star, is := x.(*ast.StarExpr); is {
					x = star.X
				}
				if s, is := x.(*ast.SelectorExpr); is {
					asked = asked || slices.Contains([]string{"Ctx", "Values", "Request"}, s.Sel.Name)
				}
			}
		}
		return !asked
	})
	return asked
}

// plainName is how parameters are named.
var plainName = regexp.MustCompile(`^[a-z][a-z_]{0,20}$`)

// read notes what a function reads and whom it names. Functions of one name in a package are
// taken for one.
func (r *readers) read(s source, f *ast.FuncDecl) {
	name := s.pkg + "." + f.Name.Name
	own, known := r.direct[name]
	if !known {
		own = newReading()
		r.direct[name] = own
	}
	text := func(x ast.Expr) string {
		if l, is := x.(*ast.BasicLit); is && l.Kind == token.STRING {
			said, _ := strconv.Unquote(l.Value) // the parser has read it
			return said
		}
		return r.consts[nameOf(s, x)]
	}
	note := func(into map[string]bool, x ast.Expr) {
		if said := text(x); said != "" {
			into[said] = true
			return
		}
		ast.Inspect(f.Body, func(n ast.Node) bool { // by a name that is handed on: whatever may be one
			if l, is := n.(*ast.BasicLit); is && plainName.MatchString(text(l)) {
				into[text(l)] = true
			}
			return true
		})
	}
	ast.Inspect(f.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			called, is := n.Fun.(*ast.SelectorExpr)
			switch {
			case !is || len(n.Args) == 0:
			case slices.Contains([]string{"Query", "QueryAll", "QueryInt"}, called.Sel.Name):
				note(own.queries, n.Args[0])
			case (called.Sel.Name == "Get" || called.Sel.Name == "Has") && len(n.Args) == 1 && text(n.Args[0]) != "":
				note(own.fields, n.Args[0])
			}
		case *ast.IndexExpr:
			if said := text(n.Index); said != "" {
				own.fields[said] = true
			}
		case *ast.StructType:
			for _, name := range tags(n) {
				own.fields[name] = true
			}
		case *ast.Ident:
			r.calls[name] = append(r.calls[name], s.pkg+"."+n.Name)
		case *ast.SelectorExpr:
			if whole := nameOf(s, n); whole != "" {
				r.calls[name] = append(r.calls[name], whole)
			}
		}
		return true
	})
}

// of returns what a function reads, by itself and through others.
func (r *readers) of(function string) reading {
	out, seen := newReading(), map[string]bool{}
	var follow func(name string)
	follow = func(name string) {
		if seen[name] {
			return
		}
		seen[name] = true
		for _, field := range r.types[name] {
			out.fields[field] = true
		}
		if own, is := r.direct[name]; is {
			out.add(own)
		}
		for _, next := range slices.Concat(r.embeds[name], r.calls[name]) {
			follow(next)
		}
	}
	follow(function)
	return out
}

var (
	inFunction = regexp.MustCompile(`(\.func\d+|\.\d+|-fm|-range\d+)+$`)
	lastName   = regexp.MustCompile(`[A-Za-z_]\w*$`)
)

// handlerOf is the function of a route, "visit.index".
func handlerOf(r web.Route) string {
	name := runtime.FuncForPC(reflect.ValueOf(r.Do).Pointer()).Name()
	path := strings.TrimPrefix(name, "chibo/")
	slash := strings.LastIndex(path, "/") + 1
	pkg := path[:slash+strings.Index(path[slash:], ".")]
	return pkg + "." + lastName.FindString(inFunction.ReplaceAllString(name, ""))
}

// TestReadersAreFound: each name by which the source asks for something behind a question mark
// is one of some route that looks or acts: otherwise the sweep would ask for less than there is.
func TestReadersAreFound(t *testing.T) {
	t.Parallel()
	all, found := newReaders(t), newReading()
	for _, r := range routesOf(t) {
		h := handlerOf(r)
		if _, is := all.direct[h]; !is {
			t.Errorf("%s is answered by %s, which the sources do not have", r.Pattern, h)
		}
		found.add(all.of(h))
	}
	for function, own := range all.direct {
		for name := range own.queries {
			if !found.queries[name] {
				t.Errorf("%s asks for %q, which no route does", function, name)
			}
		}
	}
	if len(found.queries) < 40 || len(found.fields) < 250 {
		t.Errorf("the sources ask for %d names behind a question mark and %d in forms", len(found.queries), len(found.fields))
	}
	t.Logf("%d names behind a question mark, %d in forms", len(found.queries), len(found.fields))
}
