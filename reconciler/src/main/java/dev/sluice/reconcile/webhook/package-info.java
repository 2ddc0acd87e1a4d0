// SPDX-License-Identifier: Apache-2.0

/**
 * Hints of a git host that a branch has moved. A hint is never believed, only followed up: the
 * repository is asked as it is on every poll. Listens on an address of its own, apart from the page.
 */
package dev.sluice.reconcile.webhook;
