// SPDX-License-Identifier: Apache-2.0

/**
 * The demonstration: a job repository, two Flink versions and the ordinary controller, on real Flink.
 *
 * <p>Nothing here is a shortcut into the controller: the demo commits to a repository, as people do,
 * and then looks at the notice board, at Flink's REST interface and at what the jobs wrote.
 */
package dev.sluice.reconcile.demo;
