-- SPDX-License-Identifier: Apache-2.0
-- Records of jobs and steps of a start name more than a Sluice of version 3 reads: every attempt that a
-- start was proven not to be beside, and what one of them completed when it came back to life.

SELECT 1;
