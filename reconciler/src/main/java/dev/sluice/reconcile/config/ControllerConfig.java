// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.config;

import static java.util.Objects.requireNonNull;

import dev.sluice.reconcile.git.GitRemote;
import dev.sluice.spec.CommitId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code sluice run --config FILE} needs to know.
 *
 * @param remote the job repository, the branch to follow and whose commits to believe
 * @param environment the environment to keep; its folder is {@code environments/<name>/}
 * @param dataDirectory journal, git objects and the state of local clusters; absolute
 * @param listen where the status page listens
 * @param poll how often the repository is asked
 * @param permit a commit that may be followed although it does not descend from the present one
 * @param webhook where hints to ask the repository at once are heard; nowhere unless said
 * @param retention how long history is kept; for ever unless said
 * @param javaHomes folders of Javas that may run Flink, besides the one that runs Sluice
 */
public record ControllerConfig(
        GitRemote remote,
        String environment,
        Path dataDirectory,
        Listen listen,
        Duration poll,
        Optional<CommitId> permit,
        Optional<Webhook> webhook,
        Optional<Duration> retention,
        List<Path> javaHomes) {
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

    /**
     * The listener for hints from a git host.
     *
     * @param secretFile what the host signs its messages with; read anew for each
     */
    public record Webhook(Listen listen, Path secretFile) {
        public Webhook {
            requireNonNull(listen, "listen is null");
            requireNonNull(secretFile, "secretFile is null");
        }
    }

    public ControllerConfig {
        requireNonNull(remote, "remote is null");
        requireNonNull(environment, "environment is null");
        if (!dataDirectory.isAbsolute()) {
            throw new IllegalArgumentException("data directory is not absolute: " + dataDirectory);
        }
        requireNonNull(listen, "listen is null");
        requireNonNull(poll, "poll is null");
        requireNonNull(permit, "permit is null");
        requireNonNull(webhook, "webhook is null");
        requireNonNull(retention, "retention is null");
        javaHomes = List.copyOf(javaHomes);
    }

    /** The same with everything else at its default. */
    public ControllerConfig(
            String repository,
            String environment,
            String branch,
            Path dataDirectory,
            Listen listen,
            Duration poll) {
        this(
                new GitRemote(repository, branch),
                environment,
                dataDirectory,
                listen,
                poll,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** Git address of the job repository as people may see it: without credentials. */
    public String repository() {
        return remote.shown();
    }

    /** Files and folders with what nobody but the controller may know. */
    public List<Path> credentials() {
        return Stream.of(
                        remote.credentials().passwordFile(),
                        remote.credentials().sshDirectory(),
                        webhook.map(Webhook::secretFile))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The branch to follow; the environment's name unless said otherwise. */
    public String branch() {
        return remote.branch();
    }
}
