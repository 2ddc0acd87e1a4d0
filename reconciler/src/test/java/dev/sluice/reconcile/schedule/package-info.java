// SPDX-License-Identifier: Apache-2.0

/** Instants of cron expressions, over changes of the clock. */
package dev.sluice.reconcile.schedule;
