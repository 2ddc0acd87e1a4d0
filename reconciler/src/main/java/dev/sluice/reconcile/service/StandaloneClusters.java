// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.service;

import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.rest.RestAccess;
import dev.sluice.drive.rest.Trust;
import dev.sluice.drive.session.Submissions;
import dev.sluice.drive.standalone.StandaloneDriver;
import dev.sluice.spec.Cluster;
import dev.sluice.spec.RestLogin;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** From the entry of a standalone cluster to its driver. */
final class StandaloneClusters {
    private final Secrets secrets;
    private final Submissions submissions;

    StandaloneClusters(Secrets secrets, Submissions submissions) {
        this.secrets = secrets;
        this.submissions = submissions;
    }

    /**
     * The driver of a cluster; nobody has asked the cluster anything yet.
     *
     * @throws IOException when the entry cannot be served here: a secret or a file is missing, or its
     *     state directory is not one that this machine sees as a folder
     */
    StandaloneDriver open(Cluster.Standalone cluster) throws IOException {
        FlinkReleases releases = FlinkReleases.bundled();
        FlinkRelease release = releases.find(cluster.version())
                .orElseThrow(() -> new IOException("Flink " + cluster.version()
                        + " is not known; known are " + releases.minors()));
        return new StandaloneDriver(
                cluster.name(),
                access(cluster),
                release,
                stateDirectory(cluster),
                submissions,
                Clock.systemUTC());
    }

    /** The way to the cluster, with its secrets. */
    RestAccess access(Cluster.Standalone cluster) throws IOException {
        RestLogin login = cluster.login();
        RestAccess access;
        try {
            access = RestAccess.of(URI.create(cluster.url()));
        } catch (IllegalArgumentException e) {
            throw new IOException("url of cluster " + cluster.name() + ": " + e.getMessage(), e);
        }
        if (login.user().isPresent() && login.password().isPresent()) {
            access = access.withPassword(
                    login.user().get(), secrets.value(login.password().get()));
        }
        if (login.caFile().isPresent()) {
            access = access.withTls(Trust.of(Path.of(login.caFile().get()), identity(login)));
        }
        return access;
    }

    /** The folder that cluster and controller share. */
    static Path stateDirectory(Cluster.Standalone cluster) throws IOException {
        String stateDir = cluster.basics().stateDir().orElse("");
        boolean isFolder = stateDir.startsWith("file:") || stateDir.startsWith("/");
        if (!isFolder) {
            throw new IOException("stateDir of cluster " + cluster.name() + " is " + stateDir
                    + ", and only folders (file:///...) are read here yet");
        }
        return Path.of(stateDir.replaceFirst("^file:/*", "/"));
    }

    private Optional<Trust.Identity> identity(RestLogin login) throws IOException {
        if (login.keyStore().isEmpty()) {
            return Optional.empty();
        }
        String password = secrets.value(login.keyStorePassword().orElseThrow());
        return Optional.of(
                new Trust.Identity(Path.of(login.keyStore().get()), password.toCharArray()));
    }
}
