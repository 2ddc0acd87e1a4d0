// SPDX-License-Identifier: Apache-2.0

/** Plain text for terminals. */
package dev.sluice.reconcile.text;
