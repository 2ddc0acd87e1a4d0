// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How much a repository may ask of the controller. A commit beyond a limit is refused as a whole.
 *
 * @param packBytes bytes received in one fetch
 * @param objectBytes unpacked bytes of any one object
 * @param files files in one tree
 * @param timeout silence on a connection before it counts as broken
 * @param deadline time for one whole fetch, however steadily the bytes drip
 */
public record GitLimits(
        long packBytes, long objectBytes, int files, Duration timeout, Duration deadline) {
    public static final GitLimits DEFAULT = new GitLimits(
            512L << 20, 64L << 20, 100_000, Duration.ofSeconds(30), Duration.ofMinutes(10));

    public GitLimits {
        if (packBytes < 1 || objectBytes < 1 || files < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
        requireNonNull(timeout, "timeout is null");
        requireNonNull(deadline, "deadline is null");
        if (timeout.toSeconds() < 1) {
            throw new IllegalArgumentException("timeout must be at least a second: " + timeout);
        }
    }
}
