// SPDX-License-Identifier: Apache-2.0

/**
 * When, in what order, remembered how: the loop that brings what runs to what git says.
 *
 * <p>One thread decides; effects happen on a few worker threads and come back as {@link
 * dev.sluice.reconcile.loop.News}. Start reading at {@link dev.sluice.reconcile.loop.ReconcileLoop}.
 */
package dev.sluice.reconcile.loop;
