-- index.db: what the packages say, arranged for lists and pages (docs/formats/index.md).
-- A projection and nothing else: every row comes from a package, `anjuan reindex` makes it again.
-- Times are the texts of the packages, never converted; text keys compare byte for byte.

CREATE TABLE package (
  id               TEXT PRIMARY KEY,   -- UUID
  version          INTEGER NOT NULL,   -- of the OCFL object: 1 = v1
  inventory_digest TEXT NOT NULL,      -- SHA-512 of inventory.json
  verdict          TEXT NOT NULL,      -- complete, defective, incomplete, blocked, unchecked
  case_no          TEXT NOT NULL,
  title            TEXT NOT NULL,
  parties          TEXT NOT NULL,      -- names only, joined by "、"
  type             TEXT NOT NULL,
  procedure        TEXT NOT NULL,
  cause            TEXT NOT NULL,
  agency           TEXT NOT NULL,
  section          TEXT NOT NULL,
  fonds            TEXT NOT NULL,
  category         TEXT NOT NULL,
  file_no          TEXT NOT NULL,
  archival_code    TEXT NOT NULL,      -- 档号, from description.xml
  year             INTEGER NOT NULL,   -- 0 = the case does not say
  retention_code   TEXT NOT NULL,
  retention_years  INTEGER NOT NULL,   -- 0 = permanent or not said: the code decides
  filed_on         TEXT NOT NULL,
  decided_on       TEXT NOT NULL,
  closed_on        TEXT NOT NULL,
  created_at       TEXT NOT NULL,      -- METS CREATEDATE
  modified_at      TEXT NOT NULL,      -- METS LASTMODDATE
  documents        INTEGER NOT NULL,
  pages            INTEGER NOT NULL,
  recordings       INTEGER NOT NULL,
  recorded_s       INTEGER NOT NULL,   -- declared length of all recordings
  files            INTEGER NOT NULL,
  bytes            INTEGER NOT NULL,
  search           TEXT NOT NULL       -- case number, title, parties, one a line, folded
);
CREATE INDEX package_by_order ON package (closed_on DESC, case_no, id);
CREATE INDEX package_by_year ON package (year, closed_on DESC);

-- Every file that METS lists, and METS.xml itself.
CREATE TABLE file (
  package      TEXT NOT NULL REFERENCES package (id) ON DELETE CASCADE,
  id           TEXT NOT NULL,          -- the address of the file: docs/formats/index.md
  position     INTEGER NOT NULL,       -- order in METS, root first
  mets         TEXT NOT NULL,          -- logical path of the METS document that lists it
  section      TEXT NOT NULL,          -- Metadata, Documentation, Schemas, Representations/NAME
  path         TEXT NOT NULL,          -- logical, inside the AIP folder
  path_nfc     TEXT NOT NULL,          -- the same, normalised: how a case names its files
  content_path TEXT NOT NULL,          -- inside the OCFL object
  mime         TEXT NOT NULL,
  bytes        INTEGER NOT NULL,
  sha512       TEXT NOT NULL,
  created_at   TEXT NOT NULL,
  PRIMARY KEY (package, id)
);
CREATE INDEX file_by_path ON file (package, path_nfc);
CREATE INDEX file_by_position ON file (package, position);

CREATE TABLE party (
  package  TEXT NOT NULL REFERENCES package (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  name     TEXT NOT NULL,
  PRIMARY KEY (package, position)
);

-- Steps of the case (执法环节).
CREATE TABLE step (
  package    TEXT NOT NULL REFERENCES package (id) ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  id         TEXT NOT NULL,
  kind       TEXT NOT NULL,
  started_at TEXT NOT NULL,
  ended_at   TEXT NOT NULL,
  PRIMARY KEY (package, position)
);

CREATE TABLE document (
  package   TEXT NOT NULL REFERENCES package (id) ON DELETE CASCADE,
  position  INTEGER NOT NULL,
  id        TEXT NOT NULL,
  kind      TEXT NOT NULL,
  title     TEXT NOT NULL,
  doc_no    TEXT NOT NULL,
  date      TEXT NOT NULL,
  pages     INTEGER NOT NULL,
  page_from INTEGER NOT NULL,          -- 0 = not numbered
  page_to   INTEGER NOT NULL,
  step      TEXT NOT NULL,             -- id of the step it records
  name      TEXT NOT NULL,             -- file name as the case declares it
  file      TEXT NOT NULL,             -- id in table file; '' = not in the package
  PRIMARY KEY (package, position)
);

CREATE TABLE recording (
  package    TEXT NOT NULL REFERENCES package (id) ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  id         TEXT NOT NULL,
  step       TEXT NOT NULL,
  method     TEXT NOT NULL,            -- the four facts of Art. 31: method,
  made_at    TEXT NOT NULL,            -- time,
  maker      TEXT NOT NULL,            -- maker
  purpose    TEXT NOT NULL,            -- and what it proves
  duration_s INTEGER NOT NULL,
  device     TEXT NOT NULL,
  location   TEXT NOT NULL,            -- where else it is kept
  PRIMARY KEY (package, position)
);

-- The files of a recording in order; one row for a recording that was never split.
CREATE TABLE segment (
  package    TEXT NOT NULL REFERENCES package (id) ON DELETE CASCADE,
  recording  INTEGER NOT NULL,         -- position of the recording
  position   INTEGER NOT NULL,
  name       TEXT NOT NULL,
  file       TEXT NOT NULL,
  made_at    TEXT NOT NULL,
  duration_s INTEGER NOT NULL,
  PRIMARY KEY (package, recording, position)
);

-- 卷内目录 as the case declares it.
CREATE TABLE index_item (
  package  TEXT NOT NULL REFERENCES package (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  seq      TEXT NOT NULL,
  doc_no   TEXT NOT NULL,
  author   TEXT NOT NULL,
  title    TEXT NOT NULL,
  date     TEXT NOT NULL,
  pages    TEXT NOT NULL,
  note     TEXT NOT NULL,
  PRIMARY KEY (package, position)
);

-- PREMIS events (保管经历) and who did them.
CREATE TABLE event (
  package      TEXT NOT NULL REFERENCES package (id) ON DELETE CASCADE,
  position     INTEGER NOT NULL,
  id           TEXT NOT NULL,
  type         TEXT NOT NULL,
  time         TEXT NOT NULL,
  detail       TEXT NOT NULL,
  outcome      TEXT NOT NULL,
  outcome_note TEXT NOT NULL,
  PRIMARY KEY (package, position)
);

CREATE TABLE agent (
  package TEXT NOT NULL REFERENCES package (id) ON DELETE CASCADE,
  id      TEXT NOT NULL,
  name    TEXT NOT NULL,
  type    TEXT NOT NULL,
  version TEXT NOT NULL,
  PRIMARY KEY (package, id)
);

CREATE TABLE event_agent (
  package  TEXT NOT NULL REFERENCES package (id) ON DELETE CASCADE,
  event    INTEGER NOT NULL,           -- position of the event
  position INTEGER NOT NULL,
  agent    TEXT NOT NULL,
  role     TEXT NOT NULL,
  PRIMARY KEY (package, event, position)
);

-- What could not be read while projecting. The package may then have no other row.
CREATE TABLE finding (
  object_path TEXT NOT NULL,           -- of the OCFL object, below the storage root
  position    INTEGER NOT NULL,
  package     TEXT NOT NULL,           -- UUID, '' if not even that can be read
  code        TEXT NOT NULL,
  severity    TEXT NOT NULL,
  place       TEXT NOT NULL,
  message     TEXT NOT NULL,
  PRIMARY KEY (object_path, position)
);
