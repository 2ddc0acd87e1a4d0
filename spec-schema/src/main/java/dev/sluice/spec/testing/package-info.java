// SPDX-License-Identifier: Apache-2.0

/**
 * Stand-ins for the world, for tests of this and other modules.
 *
 * <p>Nothing here is used by the controller itself.
 */
package dev.sluice.spec.testing;
