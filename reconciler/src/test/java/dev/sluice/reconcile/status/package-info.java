// SPDX-License-Identifier: Apache-2.0

/** The mapping from the notice board to the page's rows. */
package dev.sluice.reconcile.status;
