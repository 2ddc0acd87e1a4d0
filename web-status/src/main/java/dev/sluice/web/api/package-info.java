// SPDX-License-Identifier: Apache-2.0

/**
 * What a program sees: the same view as JSON and as Prometheus metrics.
 *
 * <p>Field names are written out by hand, so that renaming a record never changes the interface.
 * Times are RFC 3339 in UTC; absent values are left out. No HTTP type appears here.
 */
package dev.sluice.web.api;
