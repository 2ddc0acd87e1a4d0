-- SPDX-License-Identifier: Apache-2.0
-- Times are epoch milliseconds. Jobs are named repository:environment:team/name.

CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

-- The present row of each job; the only tables that are updated are this, observation, lease, meta.
CREATE TABLE job_record (
  job TEXT PRIMARY KEY,
  environment TEXT NOT NULL,
  phase TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  reason TEXT NOT NULL,
  holds TEXT NOT NULL,
  commit_hash TEXT NOT NULL,
  body TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE effective_spec (
  digest TEXT PRIMARY KEY,
  text TEXT NOT NULL
) STRICT;

CREATE TABLE intent (
  id INTEGER PRIMARY KEY,
  job TEXT NOT NULL,
  step TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  job_id TEXT,
  trigger_id TEXT,
  directory TEXT,
  commit_hash TEXT NOT NULL,
  reason TEXT NOT NULL,
  token INTEGER NOT NULL,
  body TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX intent_by_job ON intent (job, id);

CREATE TABLE outcome (
  id INTEGER PRIMARY KEY,
  intent INTEGER NOT NULL REFERENCES intent (id),
  word TEXT NOT NULL,
  body TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX outcome_by_intent ON outcome (intent, id);

-- Every pointer ever seen; a change of status is a new row, the newest row of a path counts.
CREATE TABLE state_ledger (
  id INTEGER PRIMARY KEY,
  job TEXT NOT NULL,
  path TEXT NOT NULL,
  kind TEXT NOT NULL,
  job_id TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  checkpoint_id INTEGER NOT NULL,
  completed_at INTEGER NOT NULL,
  flink_version TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('LIVE', 'CONSUMED', 'GONE')),
  cause TEXT NOT NULL,
  intent INTEGER REFERENCES intent (id),
  body TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX state_by_path ON state_ledger (job, path, id);

CREATE TABLE commit_log (
  id INTEGER PRIMARY KEY,
  hash TEXT NOT NULL,
  author TEXT NOT NULL,
  committed_at INTEGER NOT NULL,
  subject TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('ACCEPTED', 'REFUSED', 'PASSED')),
  reason TEXT NOT NULL,
  findings TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX commit_by_hash ON commit_log (hash, id);

CREATE TABLE plan (
  id TEXT PRIMARY KEY,
  commit_hash TEXT NOT NULL,
  text TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  job TEXT,
  word TEXT NOT NULL,
  text TEXT NOT NULL,
  commit_hash TEXT,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX event_by_job ON event (job, id);

CREATE TABLE observation (
  cluster TEXT PRIMARY KEY,
  body TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;

-- locked: the owner held the lock file of the operating system when it wrote the row.
CREATE TABLE lease (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  owner TEXT NOT NULL,
  token INTEGER NOT NULL,
  locked INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;

-- One line per append-only row, in the order of writing: hash = SHA-256(previous hash, digest).
CREATE TABLE chain (
  seq INTEGER PRIMARY KEY,
  subject TEXT NOT NULL,
  subject_id INTEGER NOT NULL,
  digest TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE TRIGGER intent_kept BEFORE UPDATE ON intent
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER intent_stays BEFORE DELETE ON intent
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER outcome_kept BEFORE UPDATE ON outcome
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER outcome_stays BEFORE DELETE ON outcome
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER state_ledger_kept BEFORE UPDATE ON state_ledger
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER state_ledger_stays BEFORE DELETE ON state_ledger
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER commit_log_kept BEFORE UPDATE ON commit_log
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER commit_log_stays BEFORE DELETE ON commit_log
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER event_kept BEFORE UPDATE ON event
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER event_stays BEFORE DELETE ON event
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER chain_kept BEFORE UPDATE ON chain
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER chain_stays BEFORE DELETE ON chain
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
