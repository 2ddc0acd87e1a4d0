// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.service;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.rest.RestAccess;
import dev.sluice.drive.rest.Trust;
import dev.sluice.spec.Cluster;
import dev.sluice.spec.RestLogin;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** What the entry of a standalone cluster means on this machine. */
public final class StandaloneAccess {
    private final Secrets secrets;

    StandaloneAccess(Secrets secrets) {
        this.secrets = requireNonNull(secrets, "secrets is null");
    }

    /** With the secrets of this process and of the controller's data directory. */
    public static StandaloneAccess of(Path dataDirectory) {
        return new StandaloneAccess(new Secrets(System.getenv(), dataDirectory));
    }

    /**
     * The way to the cluster, with its secrets.
     *
     * @throws IOException when a secret or a file is missing, or the address is none
     */
    public RestAccess access(Cluster.Standalone cluster) throws IOException {
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
    public static Path stateDirectory(Cluster.Standalone cluster) throws IOException {
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
