// SPDX-License-Identifier: Apache-2.0

/**
 * A Flink session cluster that somebody else started, by its address.
 *
 * <p>Sluice starts, stops and watches jobs there and never the cluster's processes. It acts only while
 * the cluster is of the version that its entry declares.
 */
package dev.sluice.drive.standalone;
