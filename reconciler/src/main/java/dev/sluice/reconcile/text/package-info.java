// SPDX-License-Identifier: Apache-2.0

/** Plain text for terminals and logs. */
package dev.sluice.reconcile.text;
