// SPDX-License-Identifier: Apache-2.0

/**
 * Plays the commands {@code plan} and {@code replay} as users do, on repositories that the real git
 * made. Nothing here may need a cluster.
 */
package dev.sluice.reconcile.planning;
