// SPDX-License-Identifier: Apache-2.0

/**
 * The HTTP edge of the status page: which addresses answer, to whom, and with which headers.
 *
 * <p>Read-only by construction: it holds a {@link dev.sluice.web.view.StatusView}, which has no
 * method that changes anything, and refuses every method but GET and HEAD before a route is looked
 * up. It never touches git, a cluster or the journal.
 */
package dev.sluice.web;
