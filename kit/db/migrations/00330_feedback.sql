-- +goose Up

-- The feedback of one sitting of a conference: whether it is named, and when it is taken.
CREATE TABLE feedback_round (
    root_id       TEXT    NOT NULL,
    sitting_id    TEXT    NOT NULL,
    conference_id TEXT    NOT NULL,
    named         BOOLEAN NOT NULL,
    opens_at      BIGINT  NOT NULL,
    closes_at     BIGINT  NOT NULL,
    code          TEXT    NOT NULL, -- by which people come to the form, /y/{code}
    secret        TEXT    NOT NULL, -- signs what a device holds to take its sheet back
    opened_at     BIGINT  NOT NULL,
    opened_by     TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, sitting_id),
    FOREIGN KEY (root_id, sitting_id) REFERENCES conference_sitting (root_id, id)
);
CREATE UNIQUE INDEX feedback_round_code ON feedback_round (root_id, code);
CREATE INDEX feedback_round_by_code ON feedback_round (code);

-- What one person gave. Where it is not named, nothing here says who or at what hour; keys
-- are random and rows lie in their order, so that their places tell nothing either.
CREATE TABLE feedback_sheet (
    root_id     TEXT   NOT NULL,
    id          TEXT   NOT NULL,
    sitting_id  TEXT   NOT NULL,
    given_on    TEXT   NOT NULL,
    given_at    BIGINT NOT NULL DEFAULT 0, -- 0 where it is not named
    number      BIGINT NOT NULL DEFAULT 0, -- of a sheet of paper that was typed in; 0: given by a device
    name        TEXT   NOT NULL DEFAULT '',
    unit        TEXT   NOT NULL DEFAULT '',
    delegate_id TEXT   NOT NULL DEFAULT '',
    member_root TEXT   NOT NULL DEFAULT '',
    member_id   TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, sitting_id) REFERENCES feedback_round (root_id, sitting_id)
) /* WITHOUT ROWID */;
CREATE INDEX feedback_sheet_of ON feedback_sheet (root_id, sitting_id);
CREATE UNIQUE INDEX feedback_sheet_number ON feedback_sheet (root_id, sitting_id, number) WHERE number > 0;
CREATE UNIQUE INDEX feedback_sheet_delegate ON feedback_sheet (root_id, sitting_id, delegate_id) WHERE delegate_id <> '';
CREATE UNIQUE INDEX feedback_sheet_member ON feedback_sheet (root_id, sitting_id, member_id) WHERE member_id <> '';

-- Remarks that say the same, in words of the office.
CREATE TABLE feedback_group (
    root_id    TEXT   NOT NULL,
    id         TEXT   NOT NULL,
    sitting_id TEXT   NOT NULL,
    phase      TEXT   NOT NULL,
    head       TEXT   NOT NULL,
    words      TEXT   NOT NULL,
    made_at    BIGINT NOT NULL,
    made_by    TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, sitting_id) REFERENCES feedback_round (root_id, sitting_id)
);
CREATE INDEX feedback_group_of ON feedback_group (root_id, sitting_id, phase, head);

-- One remark, in the words of whoever gave it.
CREATE TABLE feedback_remark (
    root_id    TEXT NOT NULL,
    id         TEXT NOT NULL,
    sheet_id   TEXT NOT NULL,
    sitting_id TEXT NOT NULL,
    phase      TEXT NOT NULL, -- preparation, conduct, chairing
    head       TEXT NOT NULL, -- done, limit, wrong, missing
    item       TEXT NOT NULL DEFAULT '', -- title of the item of the performed meeting
    text       TEXT NOT NULL,
    group_id   TEXT NOT NULL DEFAULT '', -- empty: not put into any
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, sheet_id) REFERENCES feedback_sheet (root_id, id)
) /* WITHOUT ROWID */;
CREATE INDEX feedback_remark_of ON feedback_remark (root_id, sitting_id, phase, head);
CREATE INDEX feedback_remark_sheet ON feedback_remark (root_id, sheet_id);
CREATE INDEX feedback_remark_group ON feedback_remark (root_id, group_id);

-- What the office has written about one head of one phase.
CREATE TABLE feedback_text (
    root_id    TEXT   NOT NULL,
    sitting_id TEXT   NOT NULL,
    phase      TEXT   NOT NULL,
    head       TEXT   NOT NULL,
    text       TEXT   NOT NULL,
    written_at BIGINT NOT NULL,
    written_by TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, sitting_id, phase, head),
    FOREIGN KEY (root_id, sitting_id) REFERENCES feedback_round (root_id, sitting_id)
);

-- A proposal to put remarks together that somebody has turned down.
CREATE TABLE feedback_refusal (
    root_id    TEXT NOT NULL,
    sitting_id TEXT NOT NULL,
    proposal   TEXT NOT NULL, -- hash of the remarks
    PRIMARY KEY (root_id, sitting_id, proposal),
    FOREIGN KEY (root_id, sitting_id) REFERENCES feedback_round (root_id, sitting_id)
);

-- What the committee concludes; its card has this id as its subject.
CREATE TABLE feedback_conclusion (
    root_id      TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    sitting_id   TEXT   NOT NULL,
    seen         TEXT   NOT NULL, -- hạn chế
    why          TEXT   NOT NULL, -- nguyên nhân
    act          TEXT   NOT NULL, -- giải pháp
    concluded_at BIGINT NOT NULL,
    concluded_by TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (root_id, id),
    FOREIGN KEY (root_id, sitting_id) REFERENCES feedback_round (root_id, sitting_id)
);
CREATE INDEX feedback_conclusion_of ON feedback_conclusion (root_id, sitting_id);
