// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.artifacts.Progress;
import dev.sluice.reconcile.service.Installation;
import dev.sluice.reconcile.service.LocalClusters;
import dev.sluice.spec.Cluster;
import dev.sluice.spec.ClusterBasics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file in which the local driver remembers where a cluster is, changed behind its back. */
public record ClusterPlace(Path file) {
    private static final Pattern REST = Pattern.compile("(\"rest\"\\s*:\\s*)(\\d+)");
    private static final Pattern JOB_MANAGER = Pattern.compile("\"jobManager\"\\s*:\\s*(\\d+)");

    public ClusterPlace {
        requireNonNull(file, "file is null");
    }

    public URI address() throws IOException {
        return URI.create("http://127.0.0.1:" + found(REST).group(2));
    }

    /** Controllers started from now on ask Flink at that port. */
    void route(int port) throws IOException {
        found(REST);
        String text = Files.readString(file);
        Files.writeString(file, REST.matcher(text).replaceFirst("$1" + port));
    }

    /** Ends the JobManager, as {@code kill -9} does. */
    void killJobManager() throws IOException {
        ProcessHandle.of(Long.parseLong(found(JOB_MANAGER).group(1))).ifPresent(jobManager -> {
            jobManager.destroyForcibly();
            jobManager.onExit().join();
        });
    }

    private Matcher found(Pattern pattern) throws IOException {
        Matcher matcher = pattern.matcher(Files.readString(file));
        if (!matcher.find()) {
            throw new IOException("no " + pattern + " in " + file);
        }
        return matcher;
    }

    /** Ends the Flink clusters of a controller that is over. */
    static void stop(Path data) throws IOException {
        LocalClusters clusters = Installation.own().clusters(data, Progress.SILENT);
        clusters.open(new Cluster.Local(
                new ClusterBasics("main", Optional.empty(), new TreeMap<>(), Optional.empty())));
        clusters.stopAll();
    }
}
