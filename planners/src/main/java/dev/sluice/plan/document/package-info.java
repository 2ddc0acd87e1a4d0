// SPDX-License-Identifier: Apache-2.0

/**
 * The plan of a commit as a document: one value, written as text, markdown or JSON.
 *
 * <p>Equal plans give equal bytes. Nothing here decides; it only tells.
 */
package dev.sluice.plan.document;
