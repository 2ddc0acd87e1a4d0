// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import dev.sluice.drive.artifacts.ArtifactFailure.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.maven.settings.Mirror;
import org.apache.maven.settings.Profile;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Repository;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsBuilderFactory;
import org.apache.maven.settings.building.DefaultSettingsBuildingRequest;
import org.apache.maven.settings.building.SettingsBuildingException;
import org.apache.maven.settings.building.SettingsProblem;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.DefaultAuthenticationSelector;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;
import org.eclipse.aether.util.repository.DefaultProxySelector;

/**
 * A Maven {@code settings.xml}: repositories of active profiles, mirrors, proxies, user names and
 * passwords. A password may be {@code ${env.NAME}}; none of them ever gets into a message.
 */
final class MavenSettings {
    private final Settings settings;

    private MavenSettings(Settings settings) {
        this.settings = settings;
    }

    /** Reads the file, or answers settings that say nothing when there is none to read. */
    static MavenSettings read(Optional<Path> file, Map<String, String> environment)
            throws ArtifactFailure {
        if (file.isEmpty()) {
            return new MavenSettings(new Settings());
        }
        if (!Files.isReadable(file.get())) {
            throw new ArtifactFailure(
                    Reason.DENIED, "cannot read the Maven settings " + file.get());
        }
        DefaultSettingsBuildingRequest request = new DefaultSettingsBuildingRequest();
        request.setUserSettingsFile(file.get().toFile());
        Properties properties = new Properties();
        environment.forEach((name, value) -> properties.setProperty("env." + name, value));
        request.setSystemProperties(properties);
        try {
            Settings settings = new DefaultSettingsBuilderFactory()
                    .newInstance()
                    .build(request)
                    .getEffectiveSettings();
            requirePlain(settings, file.get());
            return new MavenSettings(settings);
        } catch (SettingsBuildingException e) {
            String places = e.getProblems().stream()
                    .map(MavenSettings::place)
                    .collect(Collectors.joining("; "));
            // The cause quotes the file, and the file has passwords.
            throw new ArtifactFailure(
                    Reason.DENIED, "the Maven settings " + file.get() + " are wrong at " + places);
        }
    }

    private static String place(SettingsProblem problem) {
        return "line " + problem.getLineNumber() + ", column " + problem.getColumnNumber();
    }

    private static void requirePlain(Settings settings, Path file) throws ArtifactFailure {
        for (Server server : settings.getServers()) {
            if (text(server.getPassword()).matches("(?s).*\\{.*\\}.*")) {
                throw new ArtifactFailure(
                        Reason.DENIED,
                        "the password of server " + server.getId() + " in " + file
                                + " is encrypted or an unset variable;"
                                + " write ${env.NAME} and set the variable");
            }
        }
    }

    /** Repositories of the active profiles, in the order of the file. */
    List<RemoteRepository> repositories() {
        List<RemoteRepository> repositories = new ArrayList<>();
        for (Profile profile : settings.getProfiles()) {
            boolean byDefault =
                    profile.getActivation() != null && profile.getActivation().isActiveByDefault();
            if (byDefault || settings.getActiveProfiles().contains(profile.getId())) {
                for (Repository repository : profile.getRepositories()) {
                    repositories.add(new RemoteRepository.Builder(
                                    repository.getId(), "default", repository.getUrl())
                            .build());
                }
            }
        }
        return repositories;
    }

    void apply(DefaultRepositorySystemSession session) {
        DefaultMirrorSelector mirrors = new DefaultMirrorSelector();
        for (Mirror mirror : settings.getMirrors()) {
            mirrors.add(
                    mirror.getId(),
                    mirror.getUrl(),
                    text(mirror.getLayout()),
                    false,
                    mirror.isBlocked(),
                    mirror.getMirrorOf(),
                    mirror.getMirrorOfLayouts());
        }
        session.setMirrorSelector(mirrors);
        DefaultAuthenticationSelector servers = new DefaultAuthenticationSelector();
        for (Server server : settings.getServers()) {
            servers.add(
                    server.getId(),
                    new AuthenticationBuilder()
                            .addUsername(server.getUsername())
                            .addPassword(server.getPassword())
                            .build());
        }
        session.setAuthenticationSelector(servers);
        DefaultProxySelector proxies = new DefaultProxySelector();
        for (Proxy proxy : settings.getProxies()) {
            if (proxy.isActive()) {
                proxies.add(proxy(proxy), proxy.getNonProxyHosts());
            }
        }
        session.setProxySelector(proxies);
    }

    private static org.eclipse.aether.repository.Proxy proxy(Proxy proxy) {
        return new org.eclipse.aether.repository.Proxy(
                proxy.getProtocol(),
                proxy.getHost(),
                proxy.getPort(),
                new AuthenticationBuilder()
                        .addUsername(proxy.getUsername())
                        .addPassword(proxy.getPassword())
                        .build());
    }

    private static String text(String nullable) {
        return nullable == null ? "" : nullable;
    }
}
