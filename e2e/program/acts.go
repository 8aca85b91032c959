package program

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"

	"chibo/kit/id"
)

// Act is an act as programs send and read it.
type Act struct {
	ID      string          `json:"id"`
	Meeting string          `json:"meeting"`
	Kind    string          `json:"kind"`
	At      time.Time       `json:"at"`
	Body    json.RawMessage `json:"body"`
	Seq     int64           `json:"seq,omitempty"`
	// Received is the clock of the server.
	Received time.Time `json:"received,omitzero"`
}

// Answer is what becomes of an act that was sent.
type Answer struct {
	ID    string
	Seq   int64
	Error *struct{ Kind, Message string }
}

// Guest returns a new act: somebody who was not announced has come.
func Guest(meeting, name string) Act {
	body, err := json.Marshal(map[string]string{"name": name, "office": "Trưởng ban", "organisation": "Ban công tác Mặt trận"})
	if err != nil {
		panic(err) // texts can be written
	}
	return Act{ID: id.New(), Meeting: meeting, Kind: "guest", At: time.Now(), Body: body}
}

// Send sends acts to the room of a meeting. An error means that nothing is known of them.
func Send(client *http.Client, base, meeting string, acts ...Act) ([]Answer, error) {
	b, err := json.Marshal(acts)
	if err != nil {
		return nil, err
	}
	r, err := client.Post(base+"/rooms/"+meeting+"/acts", "application/json", bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Body.Close() }()
	if r.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("acts: %s", r.Status)
	}
	var answers []Answer
	return answers, json.NewDecoder(r.Body).Decode(&answers)
}

// ReadLog returns all acts of a meeting in their order.
func ReadLog(t testing.TB, client *http.Client, base, meeting string) []Act {
	t.Helper()
	r, err := client.Get(base + "/rooms/" + meeting + "/acts?after=0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Body.Close() }()
	var acts []Act
	if err := json.NewDecoder(r.Body).Decode(&acts); err != nil {
		t.Fatal(err)
	}
	return acts
}
