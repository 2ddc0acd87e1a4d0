// SPDX-License-Identifier: Apache-2.0

/**
 * How Sluice touches a runtime: one small contract that every runtime fulfils.
 *
 * <p>Drivers never decide. Ids, paths and pointers are chosen by the caller before the call, so that
 * every call can be repeated after a crash with the same effect. No class of Flink appears here.
 */
package dev.sluice.drive;
