// SPDX-License-Identifier: Apache-2.0

/** Tests of finding running jobs that no spec claims, beside a JobManager that is made up. */
package dev.sluice.reconcile.adopt;
