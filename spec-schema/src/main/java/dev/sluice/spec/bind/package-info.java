// SPDX-License-Identifier: Apache-2.0

/**
 * From a node tree to the records of the specification, with a finding for every field that does not fit.
 *
 * <p>Knows fields, types and built-in defaults; knows no layers, no variables and no other files.
 */
package dev.sluice.spec.bind;
