// SPDX-License-Identifier: Apache-2.0

/**
 * Holds the documents against the program: examples, commands, links, tables. Looks at what is
 * committed as {@code *.md}, and decides nothing.
 */
package dev.sluice.reconcile.docs;
