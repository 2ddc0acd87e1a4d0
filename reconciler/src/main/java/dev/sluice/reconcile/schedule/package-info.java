// SPDX-License-Identifier: Apache-2.0

/**
 * Turns cron expressions in time zones into instants, for jobs with a schedule and for maintenance
 * windows. Quartz knows the arithmetic; nothing of it runs here, and no time is read but what is
 * given.
 */
package dev.sluice.reconcile.schedule;
