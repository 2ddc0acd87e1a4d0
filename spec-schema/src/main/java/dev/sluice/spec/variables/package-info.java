// SPDX-License-Identifier: Apache-2.0

/**
 * Variables: their layers and types, how they are put into fields and, with more care, into SQL.
 *
 * <p>A secret stays a reference everywhere. Resolves nothing outside the repository.
 */
package dev.sluice.spec.variables;
