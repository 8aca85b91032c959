package app_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// features is the one list of the program's features in import order: a feature
// imports only kit and what stands before it.
var features = []string{
	"organization", "member", "account", "library", "document",
	"notice", "permit", "passkey", "provider", "factor", "task", "matter", "meeting", "collective", "ballot", "proceedings", "room", "briefing", "theme", "directive", "hall", "helper", "screen", "minutes", "rubric", "quality", "news", "rating",
	"lesson", "pilot", "plan", "conference", "delegation", "reception", "staging", "feedback", "visit",
	"care", "study", "training", "notebook", "report", "privacy", "supervision", "digest",
	"lookup", "witness", "dossier",
}

// order lists all packages, lowest first.
var order = slices.Concat(kits, features, []string{"provider/providertest", "app", "app/world", "app/world/worldtest", "scenario", "cmd/chibo", "cmd/device", "cmd/verify", "bench/anchor", "bench/load", "bench/ward", "bench/still", "bench/run"})

var kits = []string{
	"kit/fault", "kit/text", "kit/when", "kit/id", "kit/secret", "kit/password", "kit/search", "kit/db", "kit/db/dbtest", "kit/limit", "kit/access", "kit/audit", "kit/head", "kit/job", "kit/disk", "kit/listen", "kit/meter", "kit/post", "kit/post/posttest", "kit/scan", "kit/scan/scantest",
	"kit/outside", "kit/sheet", "kit/chart", "kit/bus", "kit/live", "kit/locale", "kit/web/assets", "kit/web/assets/bundle", "kit/web/part", "kit/web",
}

var sqlText = regexp.MustCompile(`(?i)^\s*(select\s.*\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|with\s+\w+\s+as\s*\()`)

type source struct {
	pkg, name string
	file      *ast.File
}

// sources returns the Go files of every package, tests left out.
func sources(t *testing.T) []source {
	t.Helper()
	all, err := parsed()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// parsed parses them once for all tests, which only read them.
var parsed = sync.OnceValues(func() (all []source, err error) {
	for _, pkg := range order {
		names, err := filepath.Glob("../" + pkg + "/*.go")
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
			if err != nil {
				return nil, err
			}
			all = append(all, source{pkg, filepath.Base(name), f})
		}
	}
	return all, nil
})

func (s source) imports() []string {
	var out []string
	for _, i := range s.file.Imports {
		path, _ := strconv.Unquote(i.Path.Value) // the parser has read it
		out = append(out, path)
	}
	return out
}

// TestImportsPointOneWay keeps the folder listing a story that is read downwards.
func TestImportsPointOneWay(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		at := slices.Index(order, s.pkg)
		for _, path := range s.imports() {
			rel, own := strings.CutPrefix(path, "chibo/")
			if !own {
				continue
			}
			if i := slices.Index(order, rel); i < 0 || i >= at {
				t.Errorf("%s/%s imports %s, which does not stand before it", s.pkg, s.name, rel)
			}
			if strings.HasPrefix(s.pkg, "kit/") && !strings.HasPrefix(rel, "kit/") {
				t.Errorf("%s/%s imports %s: kit knows no features", s.pkg, s.name, rel)
			}
		}
	}
}

// TestDomainFilesArePure keeps <feature>.go, and proceedings as a whole, free of
// databases, requests and pages, so that the rules can be read and tested alone.
func TestDomainFilesArePure(t *testing.T) {
	t.Parallel()
	impure := []string{"net/http", "database/sql", "chibo/kit/db", "chibo/kit/web", "chibo/kit/web/part", "chibo/kit/audit", "maragu.dev/gomponents"}
	for _, s := range sources(t) {
		if s.pkg != "proceedings" && (!slices.Contains(features, s.pkg) || s.name != s.pkg+".go") {
			continue
		}
		for _, path := range s.imports() {
			if slices.Contains(impure, path) {
				t.Errorf("%s/%s is the domain file and must not import %s", s.pkg, s.name, path)
			}
		}
	}
}

// TestEachFileSaysOneThing keeps SQL in store.go, routes in pages.go and pictures
// in views.go.
func TestEachFileSaysOneThing(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		store := s.name == "store.go" || strings.HasSuffix(s.name, "_store.go")
		switch s.pkg {
		case "kit/db", "kit/db/dbtest":
			continue
		case "cmd/verify": // a program of its own that reads what it checks and nothing else
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING && !store {
				if text, err := strconv.Unquote(l.Value); err == nil && sqlText.MatchString(strings.ReplaceAll(text, "\n", " ")) {
					t.Errorf("%s/%s holds SQL, which belongs in store.go: %.50s", s.pkg, s.name, text)
				}
			}
			return true
		})
		if store && slices.Contains(s.imports(), "chibo/kit/web") {
			t.Errorf("%s/%s keeps data and must not know pages", s.pkg, s.name)
		}
		if strings.HasSuffix(s.name, "views.go") && slices.Contains(s.imports(), "chibo/kit/db") {
			t.Errorf("%s/%s draws and must not read data", s.pkg, s.name)
		}
	}
}

// TestEveryPackageTellsItsStory wants one package comment in each package.
func TestEveryPackageTellsItsStory(t *testing.T) {
	t.Parallel()
	docs := map[string]int{}
	for _, s := range sources(t) {
		if _, ok := docs[s.pkg]; !ok {
			docs[s.pkg] = 0
		}
		if s.file.Doc != nil {
			docs[s.pkg]++
		}
	}
	for pkg, n := range docs {
		if n != 1 {
			t.Errorf("package %s has %d package comments, want 1", pkg, n)
		}
	}
}

// TestEveryPackageIsListed finds a folder that the plan of the house forgot.
func TestEveryPackageIsListed(t *testing.T) {
	t.Parallel()
	var found []string
	for _, depth := range []string{"../*/*.go", "../*/*/*.go", "../*/*/*/*.go", "../*/*/*/*/*.go"} {
		names, err := filepath.Glob(depth)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			found = append(found, strings.TrimPrefix(filepath.ToSlash(filepath.Dir(name)), "../"))
		}
	}
	slices.Sort(found)
	for _, pkg := range slices.Compact(found) {
		if strings.HasPrefix(pkg, "node_modules") || strings.HasPrefix(pkg, "e2e") {
			continue
		}
		if !slices.Contains(order, pkg) {
			t.Errorf("package %s does not stand in the order", pkg)
		}
	}
}

// TestTheProgramIsCompiledOnce finds a package that is tested from inside and whose tests from
// outside want the whole program: go compiles anew, for it alone, whatever stands between it and
// the program. Such tests stand in scenario.
func TestTheProgramIsCompiledOnce(t *testing.T) {
	t.Parallel()
	// Little stands above these; the first four are raced with the program, the renewal of the last
	// has to be broken off inside.
	apart := []string{"hall", "screen", "report", "supervision", "app/world", "witness"}
	for _, pkg := range order {
		if slices.Contains(apart, pkg) {
			continue
		}
		names, err := filepath.Glob("../" + pkg + "/*_test.go")
		if err != nil {
			t.Fatal(err)
		}
		inside, program := "", ""
		for _, name := range names {
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasSuffix(f.Name.Name, "_test") {
				inside = name
				continue
			}
			for _, path := range (source{file: f}).imports() {
				if path == "chibo/app" || strings.HasPrefix(path, "chibo/app/") {
					program = name
				}
			}
		}
		if inside != "" && program != "" {
			t.Errorf("%s sees the inside of its package and %s wants the whole program, which is then compiled again: the latter belongs in scenario", inside, program)
		}
	}
}

// TestWhatRunsAtOnceIsRaced finds a package with goroutines or locks of its own that the
// Makefile does not test with the race detector.
func TestWhatRunsAtOnceIsRaced(t *testing.T) {
	t.Parallel()
	raced := raced(t)
	for _, s := range sources(t) {
		if !raced(s.pkg) && !strings.HasPrefix(s.pkg, "bench/") && runsAtOnce(s) {
			t.Errorf("%s/%s has goroutines or locks, but %s is not among RACED in the Makefile", s.pkg, s.name, s.pkg)
		}
	}
}

// TestEverySweepStands finds a name among SWEEPS in the Makefile that is no test of a package
// that is raced: it would leave nothing out there, or be run twice.
func TestEverySweepStands(t *testing.T) {
	t.Parallel()
	raced := raced(t)
	var tests []byte
	for _, pkg := range slices.DeleteFunc(slices.Clone(order), func(pkg string) bool { return !raced(pkg) }) {
		names, err := filepath.Glob("../" + pkg + "/*_test.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			tests = append(tests, b...)
		}
	}
	for name := range strings.SplitSeq(variable(t, "SWEEPS"), "|") {
		if !bytes.Contains(tests, []byte("\nfunc "+name+"(t *testing.T)")) {
			t.Errorf("%s stands among SWEEPS in the Makefile and is no test of a package that is raced", name)
		}
	}
}

// TestFormsAreReadInOnePlace: whoever reads a form by means of Ctx reads its body alone, and
// cleaned. net/http would mix in what stands behind the question mark.
func TestFormsAreReadInOnePlace(t *testing.T) {
	t.Parallel()
	ways := []string{"FormValue", "PostFormValue", "FormFile", "ParseForm", "ParseMultipartForm", "MultipartReader", "PostForm", "MultipartForm"}
	found := map[string]bool{}
	for _, s := range sources(t) {
		if slices.Contains([]string{"provider/providertest", "app/world/worldtest", "bench/anchor"}, s.pkg) {
			continue // they send forms; the anchor is a program of its own
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			x, is := n.(*ast.SelectorExpr)
			if !is {
				return true
			}
			of, request := x.X.(*ast.SelectorExpr)
			if slices.Contains(ways, x.Sel.Name) || x.Sel.Name == "Form" && request && of.Sel.Name == "Request" {
				found[s.pkg+"/"+s.name] = true
			}
			return true
		})
	}
	if where := slices.Sorted(maps.Keys(found)); !slices.Equal(where, []string{"kit/web/form.go", "kit/web/upload.go"}) {
		t.Errorf("forms are read in %v", where)
	}
}

// starting are the packages that may start another program, with which one and why. All others
// have no way to: what somebody types can never become a command.
var starting = map[string]string{
	"kit/password":          "the program itself, which computes passwords beside the pages",
	"kit/scan/scantest":     "ClamAV, for the tests of the scanner; no program is made of it",
	"kit/web/assets/bundle": "the Go tool, while the program is built",
	"bench/run":             "the programs that are measured",
}

// starts are the names by which a program is started, of packages that are imported for other
// things too.
var starts = map[string][]string{
	"os": {"StartProcess"}, "syscall": {"Exec", "ForkExec", "StartProcess", "RawSyscall", "RawSyscall6"},
	"golang.org/x/sys/unix": {"Exec", "ForkExec", "RawSyscall", "RawSyscall6"},
}

// TestNothingElseIsStarted finds a package that could start another program, load one into this
// one or get round Go to do so, and does not stand among starting; and, in what people are given,
// a shell.
func TestNothingElseIsStarted(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	for _, s := range sources(t) {
		for _, what := range startsOf(s.file) {
			used[s.pkg] = true
			if starting[s.pkg] == "" {
				t.Errorf("%s/%s has %s: starting in layout_test.go does not say why", s.pkg, s.name, what)
			}
		}
		if shell := shellIn(s.file); shell != "" && s.pkg != "kit/scan/scantest" {
			t.Errorf("%s/%s names a shell: %s", s.pkg, s.name, shell)
		}
	}
	for pkg := range starting {
		if !used[pkg] {
			t.Errorf("%s stands among starting and starts nothing", pkg)
		}
	}
}

// TestAShellIsFound shows TestNothingElseIsStarted what it has to find.
func TestAShellIsFound(t *testing.T) {
	t.Parallel()
	for _, planted := range []string{
		`import "os/exec"; var _ = exec.Command`,
		`import run "os/exec"; var _ = run.Command`,
		`import . "os/exec"`,
		`import "plugin"; var _ = plugin.Open`,
		`import "C"`,
		`import "os"; var _ = os.StartProcess`,
		`import files "os"; var _ = files.StartProcess`,
		`import "syscall"; var _ = syscall.ForkExec`,
		`import "golang.org/x/sys/unix"; var _ = unix.Exec`,
		`import . "syscall"; var _ = Exec`,
	} {
		f, err := parser.ParseFile(token.NewFileSet(), "planted.go", "package planted; "+planted, 0)
		if err != nil {
			t.Fatal(err)
		}
		if startsOf(f) == nil {
			t.Errorf("is not found: %s", planted)
		}
	}
	for _, planted := range []string{`"sh"`, `"/bin/bash"`, "`cmd.exe`", `"powershell"`} {
		f, err := parser.ParseFile(token.NewFileSet(), "planted.go", "package planted; var _ = "+planted, 0)
		if err != nil {
			t.Fatal(err)
		}
		if shellIn(f) == "" {
			t.Errorf("is not found: %s", planted)
		}
	}
}

// startsOf returns what in a file could start a program.
func startsOf(file *ast.File) (found []string) {
	called := map[string]string{} // name of a package in this file → its path
	for _, i := range file.Imports {
		path, _ := strconv.Unquote(i.Path.Value) // the parser has read it
		switch name := path[strings.LastIndex(path, "/")+1:]; {
		case path == "os/exec", path == "plugin", path == "C":
			found = append(found, path)
		case i.Name == nil:
			called[name] = path
		case i.Name.Name == "." && starts[path] != nil:
			found = append(found, "all of "+path)
		default:
			called[i.Name.Name] = path
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if s, is := n.(*ast.SelectorExpr); is {
			if pkg, is := s.X.(*ast.Ident); is && slices.Contains(starts[called[pkg.Name]], s.Sel.Name) {
				found = append(found, called[pkg.Name]+"."+s.Sel.Name)
			}
		}
		return true
	})
	return found
}

var shell = regexp.MustCompile(`(?i)^([a-z:]*[/\\].*[/\\])?(sh|bash|dash|ash|zsh|ksh|cmd|powershell|pwsh)(\.exe)?$`)

// shellIn returns a text of a file that is the name of a shell.
func shellIn(file *ast.File) (found string) {
	ast.Inspect(file, func(n ast.Node) bool {
		if l, is := n.(*ast.BasicLit); is && l.Kind == token.STRING {
			if text, err := strconv.Unquote(l.Value); err == nil && shell.MatchString(text) {
				found = text
			}
		}
		return true
	})
	return found
}

// variable returns what the Makefile says of a name.
func variable(t *testing.T, name string) string {
	t.Helper()
	makefile, err := os.ReadFile("../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	said := regexp.MustCompile(`(?m)^` + name + ` := (.*)$`).FindSubmatch(makefile)
	if said == nil {
		t.Fatalf("the Makefile does not say what %s are", name)
	}
	return string(said[1])
}

// raced returns whether the Makefile tests a package with the race detector.
func raced(t *testing.T) func(pkg string) bool {
	t.Helper()
	patterns := strings.Fields(variable(t, "RACED"))
	return func(pkg string) bool {
		return slices.ContainsFunc(patterns, func(pattern string) bool {
			below, all := strings.CutSuffix(strings.TrimPrefix(pattern, "./"), "...")
			return pkg == strings.TrimSuffix(below, "/") || all && strings.HasPrefix(pkg, below)
		})
	}
}

// runsAtOnce reports whether a file starts goroutines or has something to keep them apart.
// What is made once, by sync.OnceValue, keeps itself.
func runsAtOnce(s source) bool {
	found := slices.Contains(s.imports(), "sync/atomic")
	ast.Inspect(s.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			found = true
		case *ast.SelectorExpr:
			if pkg, is := n.X.(*ast.Ident); is && pkg.Name == "sync" && !strings.HasPrefix(n.Sel.Name, "OnceValue") {
				found = true
			}
		}
		return !found
	})
	return found
}
