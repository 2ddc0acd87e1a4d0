// SPDX-License-Identifier: Apache-2.0

/**
 * What a job is: the values of the specification after rendering, and the identities derived from them.
 *
 * <p>Plain immutable values. Nothing here reads a file, a clock or a cluster.
 */
package dev.sluice.spec;
