// SPDX-License-Identifier: Apache-2.0

/** Whole controllers over real git and a real journal, with clusters in memory. */
package dev.sluice.reconcile.loop;
