-- What the archive found out about each recording, from its metadata/other/recording-NNNN.xml
-- (docs/formats/recording.md). A recording that was stored without one has no rows here.

CREATE TABLE recording_measured (
  package           TEXT NOT NULL REFERENCES package (id) ON DELETE CASCADE,
  recording         INTEGER NOT NULL,  -- position of the recording
  sidecar           TEXT NOT NULL,     -- id of its document in table file
  report            TEXT NOT NULL,     -- id of continuity.xml; '' = none
  verdict           TEXT NOT NULL,     -- CONTINUOUS_CONFIRMED...; '' = no verdict
  not_measured      TEXT NOT NULL,     -- why there is no verdict, a word
  coverage_ppm      INTEGER NOT NULL,  -- recorded part of the recording, rounded down
  step_coverage_ppm INTEGER NOT NULL,  -- of the step of the case; -1 = not known
  measured_ms       INTEGER NOT NULL,  -- length of its files; 0 = not measured
  duty              TEXT NOT NULL,     -- required, not-required, unknown: to be uninterrupted
  duty_article      TEXT NOT NULL,
  due_at            TEXT NOT NULL,     -- when it had to be stored (Art. 30)
  due_kept          TEXT NOT NULL,     -- yes, no, unknown; '' = nobody asked
  due_article       TEXT NOT NULL,
  PRIMARY KEY (package, recording)
);
CREATE INDEX recording_measured_by_verdict ON recording_measured (verdict, package);

-- Its files as they were measured, in order.
CREATE TABLE recording_part (
  package     TEXT NOT NULL REFERENCES package (id) ON DELETE CASCADE,
  recording   INTEGER NOT NULL,
  position    INTEGER NOT NULL,
  measured_ms INTEGER NOT NULL,        -- 0 = not known
  first_clock TEXT NOT NULL,           -- what the picture's clock showed; '' = not read
  last_clock  TEXT NOT NULL,
  PRIMARY KEY (package, recording, position)
);

CREATE TABLE recording_gap (
  package    TEXT NOT NULL REFERENCES package (id) ON DELETE CASCADE,
  recording  INTEGER NOT NULL,
  position   INTEGER NOT NULL,
  part       INTEGER NOT NULL,         -- position of the file that it lies in or after
  at_ms      INTEGER NOT NULL,         -- in that file
  missing_ms INTEGER NOT NULL,
  from_clock TEXT NOT NULL,
  to_clock   TEXT NOT NULL,
  PRIMARY KEY (package, recording, position)
);

-- Preservation and access copies, and those that were not made.
CREATE TABLE recording_copy (
  package   TEXT NOT NULL REFERENCES package (id) ON DELETE CASCADE,
  recording INTEGER NOT NULL,
  position  INTEGER NOT NULL,
  role      TEXT NOT NULL,             -- preservation, access
  file      TEXT NOT NULL,             -- id in table file; '' = there is none
  source    TEXT NOT NULL,             -- id of the file that it was made from
  proof     TEXT NOT NULL,             -- id of its proof; '' = none
  note      TEXT NOT NULL,             -- why there is none
  PRIMARY KEY (package, recording, position)
);

-- What the judge of continuity found, in its own sentences (continuity.xml).
CREATE TABLE recording_finding (
  package    TEXT NOT NULL REFERENCES package (id) ON DELETE CASCADE,
  recording  INTEGER NOT NULL,
  position   INTEGER NOT NULL,
  weight     TEXT NOT NULL,            -- gap, trace, unclear, adjusted, note
  message_zh TEXT NOT NULL,
  message_en TEXT NOT NULL,
  first_crop INTEGER NOT NULL,         -- number of its first picture in continuity.xml, from 0
  crops      INTEGER NOT NULL,
  PRIMARY KEY (package, recording, position)
);
