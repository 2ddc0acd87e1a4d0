// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What {@code sluice run --config FILE} needs to know.
 *
 * @param repository git address of the job repository
 * @param environment the environment to keep; its folder is {@code environments/<name>/}
 * @param branch the branch to follow; the environment's name unless said otherwise
 * @param dataDirectory journal, git objects and the state of local clusters; absolute
 * @param listen where the status page listens
 * @param poll how often the repository is asked
 */
public record ControllerConfig(
        String repository,
        String environment,
        String branch,
        Path dataDirectory,
        Listen listen,
        Duration poll) {
    /** Every 15 seconds: one request for one ref, and a merged change is seen soon. */
    public static final Duration DEFAULT_POLL = Duration.ofSeconds(15);

    /**
     * A listen address.
     *
     * @param port 0 for any free one
     */
    public record Listen(String host, int port) {
        /** Only this machine may read, unless somebody decides otherwise. */
        public static final Listen DEFAULT = new Listen("127.0.0.1", 8090);

        public Listen {
            requireNonNull(host, "host is null");
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("not a port: " + port);
            }
        }
    }

    public ControllerConfig {
        requireNonNull(repository, "repository is null");
        requireNonNull(environment, "environment is null");
        requireNonNull(branch, "branch is null");
        if (!dataDirectory.isAbsolute()) {
            throw new IllegalArgumentException("data directory is not absolute: " + dataDirectory);
        }
        requireNonNull(listen, "listen is null");
        requireNonNull(poll, "poll is null");
    }
}
