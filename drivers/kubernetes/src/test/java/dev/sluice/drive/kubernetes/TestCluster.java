// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.drive.artifacts.CacheDirectory;
import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.artifacts.FlinkHomes;
import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.artifacts.MavenLocation;
import dev.sluice.drive.artifacts.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The real cluster that all tests share, and an image of Flink on it. See
 * {@code scripts/kubernetes/README.md}.
 */
public final class TestCluster {
    private static final Path SCRIPTS = inRepository("scripts/kubernetes");

    /** Pods run as another user than the tests. */
    static final Set<PosixFilePermission> EVERYBODY = PosixFilePermissions.fromString("rwxrwxrwx");

    private final Path kubeconfig;

    private TestCluster(Path kubeconfig) {
        this.kubeconfig = kubeconfig;
    }

    /** Fails where there is none: a test that cannot run has not passed. */
    public static TestCluster find() {
        String named = System.getenv().getOrDefault("SLUICE_TEST_KUBECONFIG", "");
        Path file = named.isEmpty() ? home().resolve("run/kubeconfig") : Path.of(named);
        if (!Files.exists(file)) {
            throw new IllegalStateException("no Kubernetes for the tests: run "
                    + SCRIPTS.resolve("up.sh") + " or set SLUICE_TEST_KUBECONFIG");
        }
        return new TestCluster(file);
    }

    /** The administrator's kubeconfig. */
    public Path file() {
        return kubeconfig;
    }

    KubeAccess access() {
        try {
            return Kubeconfig.read(kubeconfig, Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the cluster's certificate is checked with, base 64 of PEM. */
    String authorities() {
        return kubeconfig().findPath("certificate-authority-data").asString("");
    }

    private JsonNode kubeconfig() {
        try {
            Object read = new Yaml(new SafeConstructor(new LoaderOptions()))
                    .load(Files.readString(kubeconfig));
            return JsonMapper.shared().valueToTree(read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new folder that pods see by the same path. */
    public Path state() {
        String named = System.getenv().getOrDefault("SLUICE_TEST_STATE", "");
        // Not below a home folder: nobody but its owner may pass through that, in a pod too.
        Path parent = Path.of(named.isEmpty() ? System.getProperty("java.io.tmpdir") : named);
        try {
            Path folder = Files.createTempDirectory(parent, "sluice-pods");
            Files.setPosixFilePermissions(folder, EVERYBODY);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new namespace with the accounts that we ship. */
    public Tenant tenant() {
        String name = "sluice-test-" + UUID.randomUUID().toString().substring(0, 8);
        return Tenant.create(new KubeApi(access(), Clock.systemUTC()), name);
    }

    /** An image of this version by its digest, which the nodes have, made by hand where it is not named. */
    public String image(String flinkVersion) {
        FlinkRelease release = FlinkReleases.withKubernetes(
                FlinkReleases.bundled().find(flinkVersion).orElseThrow());
        String named = System.getenv().getOrDefault("SLUICE_TEST_IMAGE", "");
        if (!named.isEmpty()) {
            return named.replace("{}", release.patch());
        }
        try {
            FlinkHome home = new FlinkHomes(cache(), maven()).assemble(release, Progress.SILENT);
            return run(List.of(
                    SCRIPTS.resolve("image.sh").toString(),
                    release.patch(),
                    home.lib().toString(),
                    String.join(" ", release.jvmFlags())));
        } catch (ArtifactFailure | IOException e) {
            throw new IllegalStateException("cannot make an image of Flink", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Tests of several modules, in folders of different depths, use this class. */
    static Path inRepository(String path) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(path))) {
                return at.resolve(path);
            }
        }
        throw new IllegalStateException("no " + path + " above " + Path.of("").toAbsolutePath());
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(command.get(0) + ": " + said);
        }
        return said.strip();
    }

    static Path cache() {
        return CacheDirectory.of(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    static MavenLocation maven() {
        Map<String, String> properties = Map.of(
                "maven.repo.local", System.getProperty("maven.repo.local", ""),
                "sluice.maven.repository", System.getProperty("sluice.maven.repository", ""));
        return MavenLocation.of(
                properties, System.getenv(), Path.of(System.getProperty("user.home")));
    }

    private static Path home() {
        return cache().resolve("kubernetes");
    }
}
