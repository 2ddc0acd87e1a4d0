// SPDX-License-Identifier: Apache-2.0

/**
 * A real ResourceManager, NodeManager, NameNode and DataNode for tests, each in a process of its own,
 * made of Maven artifacts that are pinned. Ends with whoever started it.
 *
 * <p>Nothing of the product depends on this; no class of Hadoop is loaded here.
 */
package dev.sluice.hadoop;
