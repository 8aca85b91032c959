package part

import (
	"io"

	g "maragu.dev/gomponents"
)

// Icon is an outline drawing of 24 × 24 that goes before a word, never instead of
// one. Used as a node it draws itself.
type Icon string

// The icons.
const (
	IconHome     Icon = "home"
	IconCalendar Icon = "calendar"
	IconCheck    Icon = "check"
	IconClose    Icon = "close"
	IconNotebook Icon = "notebook"
	IconPerson   Icon = "person"
	IconPeople   Icon = "people"
	IconPaper    Icon = "paper"
	IconChart    Icon = "chart"
	IconMail     Icon = "mail"
	IconBook     Icon = "book"
	IconMenu     Icon = "menu"
	IconTree     Icon = "tree"
	IconPlus     Icon = "plus"
	IconMinus    Icon = "minus"
	IconEdit     Icon = "edit"
	IconTrash    Icon = "trash"
	IconPrinter  Icon = "printer"
	IconDownload Icon = "download"
	IconUpload   Icon = "upload"
	IconSearch   Icon = "search"
	IconWarning  Icon = "warning"
	IconInfo     Icon = "info"
	IconClock    Icon = "clock"
	IconPlace    Icon = "place"
	IconBell     Icon = "bell"
	IconPhone    Icon = "phone"
	IconDevice   Icon = "device"
	IconLock     Icon = "lock"
	IconKey      Icon = "key"
	IconSignOut  Icon = "sign-out"
	IconUp       Icon = "up"
	IconDown     Icon = "down"
	IconLeft     Icon = "left"
	IconRight    Icon = "right"
	IconCopy     Icon = "copy"
	IconEye      Icon = "eye"
	IconCamera   Icon = "camera"
	IconFlag     Icon = "flag"
	IconHand     Icon = "hand"
	IconSpeech   Icon = "speech"
	IconScreen   Icon = "screen"
	IconLink     Icon = "link"
	IconGear     Icon = "gear"
	IconPlay     Icon = "play"
	IconStop     Icon = "stop"
	IconUndo     Icon = "undo"
	IconStar     Icon = "star"
	IconLetters  Icon = "letters"
)

// paths holds what is inside the svg element of each icon.
var paths = map[Icon]string{
	IconHome:     `<path d="M3 11 12 4l9 7v9a1 1 0 0 1-1 1h-5v-6H9v6H4a1 1 0 0 1-1-1z"/>`,
	IconCalendar: `<rect x="3" y="5" width="18" height="16" rx="2"/><path d="M3 10h18M8 3v4M16 3v4"/>`,
	IconCheck:    `<path d="m4 12 5 5L20 6"/>`,
	IconClose:    `<path d="M6 6l12 12M18 6 6 18"/>`,
	IconNotebook: `<path d="M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM9 9h6M9 13h6"/>`,
	IconPerson:   `<circle cx="12" cy="8" r="4"/><path d="M4 21c1-4 4-6 8-6s7 2 8 6"/>`,
	IconPeople:   `<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c.8-3.6 3.3-5.5 6.5-5.5s5.7 1.9 6.5 5.5M16 5a3.5 3.5 0 0 1 0 6.5M18 15c2 .7 3.2 2.4 3.6 5"/>`,
	IconPaper:    `<path d="M6 3h9l4 4v14H6zM14 3v5h5M9 13h7M9 17h7"/>`,
	IconChart:    `<path d="M4 20V10M10 20V4M16 20v-8M22 20H2"/>`,
	IconMail:     `<path d="M4 6h16v12H4zM4 7l8 6 8-6"/>`,
	IconBook:     `<path d="M4 5h7v15H4zM13 5h7v15h-7z"/>`,
	IconMenu:     `<path d="M4 6h16M4 12h16M4 18h16"/>`,
	IconTree:     `<rect x="9" y="3" width="6" height="5" rx="1"/><rect x="3" y="16" width="6" height="5" rx="1"/><rect x="15" y="16" width="6" height="5" rx="1"/><path d="M12 8v4M6 16v-4h12v4"/>`,
	IconPlus:     `<path d="M12 5v14M5 12h14"/>`,
	IconMinus:    `<path d="M5 12h14"/>`,
	IconEdit:     `<path d="M4 20l1-5L16 4l4 4L9 19zM13 7l4 4"/>`,
	IconTrash:    `<path d="M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14M10 11v6M14 11v6"/>`,
	IconPrinter:  `<path d="M7 9V3h10v6M7 18H4a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1h16a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-3M7 14h10v7H7z"/>`,
	IconDownload: `<path d="M12 4v11M7 11l5 5 5-5M4 20h16"/>`,
	IconUpload:   `<path d="M12 16V5M7 9l5-5 5 5M4 20h16"/>`,
	IconSearch:   `<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>`,
	IconWarning:  `<path d="M12 4 2.5 20h19zM12 10v5M12 17.6v.1"/>`,
	IconInfo:     `<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7.5v.1"/>`,
	IconClock:    `<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>`,
	IconPlace:    `<path d="M12 21c4-5 7-8 7-12a7 7 0 0 0-14 0c0 4 3 7 7 12z"/><circle cx="12" cy="9" r="2.5"/>`,
	IconBell:     `<path d="M6 17V11a6 6 0 0 1 12 0v6l2 2H4zM10 21h4"/>`,
	IconPhone:    `<path d="M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a1 1 0 0 1-1 1C11 20 4 13 4 5a1 1 0 0 1 1-1z"/>`,
	IconDevice:   `<rect x="6" y="2" width="12" height="20" rx="2"/><path d="M11 18h2"/>`,
	IconLock:     `<rect x="4" y="10" width="16" height="11" rx="2"/><path d="M8 10V7a4 4 0 0 1 8 0v3"/>`,
	IconKey:      `<circle cx="8" cy="15" r="4.5"/><path d="m11.5 11.5 8-8M16 7l3 3"/>`,
	IconSignOut:  `<path d="M10 4H5a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1h5M14 8l4 4-4 4M18 12H9"/>`,
	IconUp:       `<path d="M12 20V5M6 11l6-6 6 6"/>`,
	IconDown:     `<path d="M12 4v15M6 13l6 6 6-6"/>`,
	IconLeft:     `<path d="M20 12H5M11 6l-6 6 6 6"/>`,
	IconRight:    `<path d="M4 12h15M13 6l6 6-6 6"/>`,
	IconCopy:     `<rect x="8" y="8" width="12" height="13" rx="2"/><path d="M16 8V5a1 1 0 0 0-1-1H5a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1h3"/>`,
	IconEye:      `<path d="M2 12c2.5-4.5 6-7 10-7s7.5 2.5 10 7c-2.5 4.5-6 7-10 7s-7.5-2.5-10-7z"/><circle cx="12" cy="12" r="3"/>`,
	IconCamera:   `<path d="M3 8h4l2-3h6l2 3h4v12H3z"/><circle cx="12" cy="13.5" r="3.5"/>`,
	IconFlag:     `<path d="M5 21V4h13l-3 4.5L18 13H5"/>`,
	IconHand:     `<path d="M8 12V5.5a1.5 1.5 0 0 1 3 0V11m0-.5v-6a1.5 1.5 0 0 1 3 0V11m0-.5v-4a1.5 1.5 0 0 1 3 0V15c0 4-2 6.5-5.5 6.5-3 0-4.5-1.5-6-4L4 14c1-1.5 2.5-1 4 1"/>`,
	IconSpeech:   `<path d="M4 5h16v11h-9l-5 4v-4H4zM8 9h8M8 12.5h5"/>`,
	IconScreen:   `<rect x="3" y="4" width="18" height="12" rx="1"/><path d="M12 16v4M8 20h8"/>`,
	IconLink:     `<path d="M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 6 6l1-1"/>`,
	IconGear:     `<circle cx="12" cy="12" r="3"/><path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2M18.4 5.6l-2.2 2.2M7.8 16.2l-2.2 2.2"/>`,
	IconPlay:     `<path d="M7 4v16l13-8z"/>`,
	IconStop:     `<rect x="5" y="5" width="14" height="14" rx="2"/>`,
	IconUndo:     `<path d="M4 9h10a6 6 0 0 1 0 12h-4M8 4 3.5 9 8 14"/>`,
	IconStar:     `<path d="m12 3 2.8 5.7 6.2.9-4.5 4.4 1.1 6.2-5.6-3-5.6 3L7.5 14 3 9.6l6.2-.9z"/>`,
	IconLetters:  `<path d="m3 19 5-13 5 13M4.7 14.5h6.6M15 19l3.5-9 3.5 9M16.2 16h4.6"/>`,
}

// Render draws the icon; an unknown one draws nothing.
func (i Icon) Render(w io.Writer) error {
	if paths[i] == "" {
		return nil
	}
	return g.Raw(`<svg class="i" viewBox="0 0 24 24" aria-hidden="true">` + paths[i] + `</svg>`).Render(w)
}
