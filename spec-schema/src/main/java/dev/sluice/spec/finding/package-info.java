// SPDX-License-Identifier: Apache-2.0

/**
 * How mistakes are collected while a commit is read: all of them, in a stable order.
 *
 * <p>Decides no rule; may not touch anything but the findings themselves.
 */
package dev.sluice.spec.finding;
