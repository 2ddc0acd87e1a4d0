// SPDX-License-Identifier: Apache-2.0
/**
 * Decides whether a running job breaks a health rule of its spec, from what looks at it have told
 * anyway. Nothing here asks a cluster, and nothing that is found here starts or stops a job.
 */
package dev.sluice.plan.health;
