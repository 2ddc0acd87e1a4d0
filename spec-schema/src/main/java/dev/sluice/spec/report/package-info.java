// SPDX-License-Identifier: Apache-2.0

/**
 * Findings and explanations in the formats that people, editors and code hosts read.
 *
 * <p>Pure: findings in, text out. Decides no severity and no exit code.
 */
package dev.sluice.spec.report;
