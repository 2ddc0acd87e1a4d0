// SPDX-License-Identifier: Apache-2.0

/**
 * Measures what things cost and how the cost grows, beside what a user would run instead. Decides
 * nothing, and no part of the product knows it. A new benchmark is a class that implements
 * {@link dev.sluice.bench.Benchmark} and a line in {@link dev.sluice.bench.Main}.
 */
package dev.sluice.bench;
