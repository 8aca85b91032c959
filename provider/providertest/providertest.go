// Package providertest runs a whole identity provider for tests: the one that its makers
// have had certified, with made-up people.
package providertest

import (
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"

	"chibo/provider"
)

// Password is everybody's at the provider.
const Password = "mật khẩu ở tỉnh" // #nosec G101 -- of made-up people at a provider in tests

// People who have an account at the provider, by what they type there.
var people = users{
	"thu.le":  {ID: "7d1c", Username: "thu.le", Password: Password, FirstName: "Thu", LastName: "Lê Thị"},
	"an.pham": {ID: "9e40", Username: "an.pham", Password: Password, FirstName: "An", LastName: "Phạm Văn"},
}

type users map[string]*storage.User

// GetUserByID implements storage.UserStore.
func (u users) GetUserByID(id string) *storage.User {
	for _, one := range u {
		if one.ID == id {
			return one
		}
	}
	return nil
}

// GetUserByUsername implements storage.UserStore.
func (u users) GetUserByUsername(name string) *storage.User { return u[name] }

// ExampleClientID implements storage.UserStore.
func (users) ExampleClientID() string { return "service" }

var (
	starting sync.Mutex
	running  provider.Settings
	knows    string // where the program is that it knows
)

// Start runs a provider to which a program at base is known. It writes into variables of its
// packages as it begins, so that there is one in a process, until the process ends.
func Start(t testing.TB, base string) provider.Settings {
	t.Helper()
	starting.Lock()
	defer starting.Unlock()
	switch knows {
	case base:
		return running
	case "":
		knows, running = base, start(base)
		return running
	}
	t.Fatalf("the provider knows %s already", knows)
	return running
}

func start(base string) provider.Settings {
	s := provider.Settings{Name: "Cổng định danh tỉnh", Client: "chibo", Secret: "ở tỉnh"} // #nosec G101 -- of a provider that runs in tests alone
	clients := map[string]*storage.Client{s.Client: storage.WebClient(s.Client, s.Secret, base+"/sign-in/provider/return")}
	var pages http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/favicon.ico" { // it has none, and browsers complain
			w.WriteHeader(http.StatusNoContent)
			return
		}
		pages.ServeHTTP(w, r)
	}))
	s.Issuer = server.URL
	pages = exampleop.SetupServer(server.URL, storage.NewStorageWithClients(people, clients), slog.New(slog.DiscardHandler), false)
	return s
}

var asked = regexp.MustCompile(`name="id" value="([^"]+)"`)

// SignIn goes to the address that Chibo sends the browser to, signs in there, and returns
// what the provider gives the browser to bring back: state and code.
func SignIn(t testing.TB, address, name string) url.Values {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	back := url.Values{}
	browser := http.Client{Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if strings.HasSuffix(r.URL.Path, "/sign-in/provider/return") {
			back = r.URL.Query()
			return http.ErrUseLastResponse
		}
		return nil
	}}
	page, err := browser.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	id := asked.FindStringSubmatch(read(t, page))
	if id == nil {
		t.Fatalf("%s asks for no name", address)
	}
	page, err = browser.PostForm(page.Request.URL.Scheme+"://"+page.Request.URL.Host+"/login/username",
		url.Values{"id": {html.UnescapeString(id[1])}, "username": {name}, "password": {Password}})
	if err != nil {
		t.Fatal(err)
	}
	if said := read(t, page); back.Get("code") == "" {
		t.Fatalf("the provider sends nobody back: %s", said)
	}
	return back
}

func read(t testing.TB, r *http.Response) string {
	t.Helper()
	defer func() { _ = r.Body.Close() }()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
