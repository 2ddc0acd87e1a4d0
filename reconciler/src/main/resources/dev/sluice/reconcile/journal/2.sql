-- SPDX-License-Identifier: Apache-2.0
-- Where the leader runs: host, machine, boot and namespace of process ids; empty in older rows.

ALTER TABLE lease ADD COLUMN place TEXT NOT NULL DEFAULT '';

-- Who signed a commit, by the key that verified it; NULL when nobody did or nobody looked.
ALTER TABLE commit_log ADD COLUMN signer TEXT;

-- What retention removed: so many rows of a table, none with a larger id. Their links stay.
CREATE TABLE pruning (
  id INTEGER PRIMARY KEY,
  subject TEXT NOT NULL,
  up_to INTEGER NOT NULL,
  removed INTEGER NOT NULL,
  before INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX pruning_by_subject ON pruning (subject, up_to);
CREATE INDEX state_by_intent ON state_ledger (intent);

CREATE TRIGGER pruning_kept BEFORE UPDATE ON pruning
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER pruning_stays BEFORE DELETE ON pruning
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;

-- A row goes only after the line that says so.
DROP TRIGGER intent_stays;
CREATE TRIGGER intent_stays BEFORE DELETE ON intent
  WHEN NOT EXISTS (SELECT 1 FROM pruning WHERE subject = 'intent' AND up_to >= OLD.id)
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
DROP TRIGGER outcome_stays;
CREATE TRIGGER outcome_stays BEFORE DELETE ON outcome
  WHEN NOT EXISTS (SELECT 1 FROM pruning WHERE subject = 'outcome' AND up_to >= OLD.id)
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
DROP TRIGGER state_ledger_stays;
CREATE TRIGGER state_ledger_stays BEFORE DELETE ON state_ledger
  WHEN NOT EXISTS (SELECT 1 FROM pruning WHERE subject = 'state_ledger' AND up_to >= OLD.id)
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
DROP TRIGGER event_stays;
CREATE TRIGGER event_stays BEFORE DELETE ON event
  WHEN NOT EXISTS (SELECT 1 FROM pruning WHERE subject = 'event' AND up_to >= OLD.id)
  BEGIN SELECT RAISE(ABORT, 'append-only'); END;
