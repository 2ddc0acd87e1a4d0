-- SPDX-License-Identifier: Apache-2.0
-- The plan that a step belongs to; NULL in older rows and where no wish was being carried out.

ALTER TABLE intent ADD COLUMN plan TEXT;
