// SPDX-License-Identifier: Apache-2.0

/**
 * What the page needs to know, as plain values; the reconciler answers it from its journal.
 *
 * <p>Nothing here reads a cluster or a file, and no record has a field for a secret: what is not in
 * this package cannot be shown.
 */
package dev.sluice.web.view;
