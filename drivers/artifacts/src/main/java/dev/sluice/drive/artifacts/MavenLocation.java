// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Which Maven repository is asked, and where its files are kept.
 *
 * @param remote base URL; Maven Central unless {@code -Dsluice.maven.repository} or
 *     {@code SLUICE_MAVEN_REPOSITORY} names another
 * @param local local repository: {@code -Dmaven.repo.local}, else {@code ~/.m2/repository}
 * @param settings Maven settings with more repositories, mirrors and credentials:
 *     {@code -Dsluice.maven.settings}, {@code SLUICE_MAVEN_SETTINGS}, else {@code ~/.m2/settings.xml}
 *     where that exists
 */
public record MavenLocation(URI remote, Path local, Optional<Path> settings) {
    private static final String CENTRAL = "https://repo.maven.apache.org/maven2";

    public MavenLocation {
        requireNonNull(remote, "remote is null");
        requireNonNull(local, "local is null");
        requireNonNull(settings, "settings is null");
    }

    /** Without settings. */
    public MavenLocation(URI remote, Path local) {
        this(remote, local, Optional.empty());
    }

    /** The same repositories with files kept elsewhere. */
    MavenLocation at(Path otherLocal) {
        return new MavenLocation(remote, otherLocal, settings);
    }

    /**
     * @param properties system properties
     * @param environment environment variables
     * @param userHome the user's home folder
     */
    public static MavenLocation of(
            Map<String, String> properties, Map<String, String> environment, Path userHome) {
        String remote = first(
                properties.get("sluice.maven.repository"),
                environment.get("SLUICE_MAVEN_REPOSITORY"),
                CENTRAL);
        String local = first(
                properties.get("maven.repo.local"),
                userHome.resolve(".m2").resolve("repository").toString());
        Path usual = userHome.resolve(".m2").resolve("settings.xml");
        String settings = first(
                properties.get("sluice.maven.settings"),
                environment.get("SLUICE_MAVEN_SETTINGS"),
                Files.exists(usual) ? usual.toString() : "none");
        return new MavenLocation(
                URI.create(remote),
                Path.of(local),
                settings.equals("none") ? Optional.empty() : Optional.of(Path.of(settings)));
    }

    private static String first(String... candidates) {
        for (String candidate : candidates) {
            if (candidate != null && !candidate.isBlank()) {
                return candidate;
            }
        }
        throw new IllegalStateException("the last candidate is a constant");
    }
}
