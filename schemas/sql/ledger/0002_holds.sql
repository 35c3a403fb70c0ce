-- Holds on packages (preservation/holds.h): nothing here is ever changed or deleted; lifting a hold
-- adds a row. Times are milliseconds since 1970-01-01T00:00:00Z.
CREATE TABLE holds (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  package        TEXT    NOT NULL,            -- UUID
  kind           TEXT    NOT NULL CHECK (kind IN ('review', 'suit', 'compensation', 'petition',
                   'audit', 'criminal', 'disclosure', 'objection', 'other')),
  reason         TEXT    NOT NULL CHECK (reason <> ''),
  document       TEXT    NOT NULL,            -- number of the paper that asks for it, '' = none
  placed_by      TEXT    NOT NULL,            -- actor id
  placed_by_name TEXT    NOT NULL,
  placed_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX holds_package ON holds (package);

CREATE TABLE hold_lifts (
  hold           INTEGER PRIMARY KEY REFERENCES holds (id),   -- a hold is lifted once
  reason         TEXT    NOT NULL CHECK (reason <> ''),
  lifted_by      TEXT    NOT NULL,
  lifted_by_name TEXT    NOT NULL,
  lifted_at      INTEGER NOT NULL
) STRICT;

CREATE TRIGGER holds_keep BEFORE UPDATE ON holds
BEGIN SELECT RAISE(ABORT, 'a hold is never changed'); END;
CREATE TRIGGER holds_stay BEFORE DELETE ON holds
BEGIN SELECT RAISE(ABORT, 'a hold is never deleted'); END;
CREATE TRIGGER hold_lifts_keep BEFORE UPDATE ON hold_lifts
BEGIN SELECT RAISE(ABORT, 'a lift is never changed'); END;
CREATE TRIGGER hold_lifts_stay BEFORE DELETE ON hold_lifts
BEGIN SELECT RAISE(ABORT, 'a lift is never deleted'); END;
