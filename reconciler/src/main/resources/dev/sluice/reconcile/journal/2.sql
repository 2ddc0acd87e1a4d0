-- SPDX-License-Identifier: Apache-2.0
-- Where the leader runs: host, machine, boot and namespace of process ids; empty in older rows.

ALTER TABLE lease ADD COLUMN place TEXT NOT NULL DEFAULT '';

-- Who signed a commit, by the key that verified it; NULL when nobody did or nobody looked.
ALTER TABLE commit_log ADD COLUMN signer TEXT;
