// SPDX-License-Identifier: Apache-2.0

/**
 * Layers of a specification and how a stronger one changes a weaker one, with the origin of every leaf.
 *
 * <p>Maps merge, lists replace, {@code null} deletes. Knows no field of a job but {@code configuration},
 * whose nested and flat spellings mean the same.
 */
package dev.sluice.spec.layer;
