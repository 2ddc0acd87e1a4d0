// SPDX-License-Identifier: Apache-2.0

/** Tests of the listener for hints. */
package dev.sluice.reconcile.webhook;
