package main

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"chibo/app/world/worldtest"
)

// TestTLSByTheSampleCaddyfile starts Caddy with deploy/Caddyfile, at other ports and with an
// authority of its own, before the program: who comes without TLS is sent to it, TLS 1.2 and 1.3
// are spoken and nothing older, of 1.2 only what keeps its secrets when the key is lost later, the
// certificate is that of the name, and what watchmen read is not for everybody. What more there
// is to TLS testssl.sh asks (scripts/operations).
func TestTLSByTheSampleCaddyfile(t *testing.T) {
	t.Parallel()
	program := worldtest.OnSQLite(t).App
	program.Proxy, program.Secure = true, true
	plain, secure, authority := caddy(t, servedBy(t, program, func(*http.Server) {}))
	dial := func(change func(*tls.Config)) (tls.ConnectionState, error) {
		c := &tls.Config{RootCAs: authority, ServerName: "localhost", MinVersion: tls.VersionTLS10}
		change(c)
		conn, err := tls.Dial("tcp", secure, c)
		if err != nil {
			return tls.ConnectionState{}, err
		}
		return conn.ConnectionState(), conn.Close()
	}
	for range 1000 { // it says that it has the certificate a moment before it shows it
		if _, err := dial(func(*tls.Config) {}); err == nil {
			break
		}
	}
	for version, spoken := range map[uint16]bool{tls.VersionTLS10: false, tls.VersionTLS11: false, tls.VersionTLS12: true, tls.VersionTLS13: true} {
		if is, err := dial(func(c *tls.Config) { c.MinVersion, c.MaxVersion = version, version }); (err == nil) != spoken {
			t.Errorf("%s: %v, %v", tls.VersionName(version), is.Version, err)
		}
	}
	weak := tls.InsecureCipherSuites()
	for _, s := range tls.CipherSuites() {
		if strings.HasPrefix(s.Name, "TLS_RSA_") || strings.HasSuffix(s.Name, "_CBC_SHA") {
			weak = append(weak, s)
		}
	}
	for _, s := range weak {
		if _, err := dial(func(c *tls.Config) { c.MaxVersion, c.CipherSuites = tls.VersionTLS12, []uint16{s.ID} }); err == nil {
			t.Errorf("%s is spoken", s.Name)
		}
	}
	if _, err := dial(func(c *tls.Config) { c.ServerName = "elsewhere.example" }); err == nil {
		t.Error("another name is answered")
	}

	client := &http.Client{
		Transport:     &http.Transport{TLSClientConfig: &tls.Config{RootCAs: authority, ServerName: "localhost", MinVersion: tls.VersionTLS12}},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	defer client.CloseIdleConnections()
	_, port, _ := net.SplitHostPort(secure)
	for address, want := range map[string]int{
		"http://" + plain + "/sign-in":           http.StatusPermanentRedirect,
		"https://localhost:" + port + "/sign-in": http.StatusOK,
		"https://localhost:" + port + "/readyz":  http.StatusNotFound,
		"https://localhost:" + port + "/metrics": http.StatusNotFound,
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = "localhost"
		a, err := client.Do(r)
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		_ = a.Body.Close()
		switch {
		case a.StatusCode != want:
			t.Errorf("%s: %d, want %d", address, a.StatusCode, want)
		case want == http.StatusPermanentRedirect && !strings.HasPrefix(a.Header.Get("Location"), "https://localhost"):
			t.Errorf("%s leads to %q", address, a.Header.Get("Location"))
		case want == http.StatusOK && !strings.Contains(a.Header.Get("Strict-Transport-Security"), "max-age="):
			t.Errorf("%s does not say that TLS is for good: %v", address, a.Header)
		}
	}
}

// caddy runs Caddy with the sample before the program at an address, and returns its address
// without TLS, that with TLS, and who has signed its certificate.
func caddy(t *testing.T, behind string) (plain, secure string, authority *x509.CertPool) {
	t.Helper()
	sample, err := os.ReadFile(filepath.Join("..", "..", "deploy", "Caddyfile"))
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []*string{&plain, &secure} {
		var err error
		if *address, err = freeAddress(); err != nil {
			t.Fatal(err)
		}
	}
	_, http80, _ := net.SplitHostPort(plain)
	_, https443, _ := net.SplitHostPort(secure)
	text := fmt.Sprintf("{\n\tadmin off\n\tskip_install_trust\n\thttp_port %s\n\thttps_port %s\n}\n", http80, https443) +
		strings.NewReplacer("chibo.example.vn {", "localhost {\n\ttls internal", "127.0.0.1:8080", behind).Replace(string(sample))
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "Caddyfile"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	run := exec.Command("caddy", "run", "--config", filepath.Join(dir, "Caddyfile"), "--adapter", "caddyfile") // #nosec G204 -- of this test
	run.Env = append(os.Environ(), "HOME="+dir, "XDG_DATA_HOME="+dir, "XDG_CONFIG_HOME="+dir)
	told, err := run.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := run.Start(); err != nil {
		t.Fatalf("%v: scripts/tools installs it", err)
	}
	t.Cleanup(func() {
		_ = run.Process.Kill()
		_ = run.Wait() // it was killed
	})
	ready, log := 0, strings.Builder{}
	for lines := bufio.NewScanner(told); ready < 2; {
		if !lines.Scan() {
			t.Fatalf("caddy has ended: %v\n%s", lines.Err(), log.String())
		}
		log.WriteString(lines.Text() + "\n")
		for _, what := range []string{"serving initial configuration", "certificate obtained successfully"} {
			if strings.Contains(lines.Text(), what) {
				ready++
			}
		}
	}
	go func() { _, _ = io.Copy(io.Discard, told) }() // what it says after that
	pem, err := os.ReadFile(filepath.Join(dir, "caddy", "pki", "authorities", "local", "root.crt"))
	if authority = x509.NewCertPool(); err != nil || !authority.AppendCertsFromPEM(pem) {
		t.Fatal(errors.Join(err, errors.New("no authority")))
	}
	return plain, secure, authority
}
