// SPDX-License-Identifier: Apache-2.0

/**
 * What should happen: one pure function per job, and the plan as that function run on paper.
 *
 * <p>Values in, values out. No clock, no file, no logger, no cluster; the module's only dependency is
 * the specification.
 */
package dev.sluice.plan;
