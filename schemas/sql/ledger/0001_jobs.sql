-- Jobs with lease and fencing (core/queue.h). Times are milliseconds since 1970-01-01T00:00:00Z.
CREATE TABLE jobs (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  kind        TEXT    NOT NULL,
  key         TEXT    NOT NULL,             -- what the job is about; open once per kind
  payload     TEXT    NOT NULL,             -- JSON
  state       TEXT    NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'failed')),
  added_at    INTEGER NOT NULL,
  added_by    TEXT    NOT NULL,             -- actor id
  not_before  INTEGER NOT NULL,
  worker      TEXT,                         -- holder of the last lease
  lease_until INTEGER NOT NULL DEFAULT 0,
  fence       INTEGER NOT NULL DEFAULT 0,   -- token of the last lease
  attempts    INTEGER NOT NULL DEFAULT 0,
  outcome     TEXT,                         -- how it ended, or why the last attempt failed
  ended_at    INTEGER
) STRICT;
CREATE UNIQUE INDEX jobs_open_key ON jobs (kind, key) WHERE state = 'open';
CREATE INDEX jobs_open ON jobs (kind, id) WHERE state = 'open';

-- The last fencing token given out. One row; only ever grows.
CREATE TABLE job_fence (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  last INTEGER NOT NULL
) STRICT;
INSERT INTO job_fence (only, last) VALUES (1, 0);
