// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.artifacts.ArtifactFiles;
import dev.sluice.drive.artifacts.FlinkHomes;
import dev.sluice.drive.artifacts.HomeAssembly;
import dev.sluice.drive.artifacts.MavenLocation;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.isolation.WorkerSettings;
import dev.sluice.drive.rest.RestAccess;
import dev.sluice.drive.session.Submissions;
import dev.sluice.spec.Cluster;
import dev.sluice.spec.ClusterBasics;
import dev.sluice.spec.RestLogin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneClustersTest {
    private static final RestLogin LOGIN = new RestLogin(
            Optional.of("sluice"),
            Optional.of("lab-password"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    @TempDir
    Path data;

    @Test
    void aSecretComesFromTheEnvironmentElseFromAFileOfItsOwnersOnly() throws IOException {
        Path file = secret("lab-password", "from the file\n", "rw-------");
        Map<String, String> set = Map.of("SLUICE_SECRET_LAB_PASSWORD", "from the environment");

        assertEquals("from the environment", new Secrets(set, data).value("lab-password"));
        assertEquals("from the file", new Secrets(Map.of(), data).value("lab-password"));

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        IOException readable = fails("lab-password");
        assertTrue(readable.getMessage().contains("chmod 600"), readable::getMessage);
        assertFalse(readable.getMessage().contains("from the file"));
    }

    @Test
    void aSecretThatIsNowhereIsNamedWithBothPlaces() {
        String message = fails("team/lab").getMessage();

        assertTrue(message.contains("SLUICE_SECRET_TEAM_LAB"), message);
        assertTrue(message.contains(data.resolve("secrets/team/lab").toString()), message);
        assertTrue(fails("../journal.db").getMessage().contains("leaves"));
    }

    @Test
    void thePasswordGoesIntoTheRequestAndIntoNoText() throws IOException {
        secret("lab-password", "a-b-c", "rw-------");

        RestAccess access = access().access(cluster("https://jm:8081/", "file:///s", LOGIN));

        assertEquals(Optional.of("Basic c2x1aWNlOmEtYi1j"), access.authorization());
        assertEquals("https://jm:8081 with a password", access.toString());
    }

    @Test
    void anEntryThatCannotBeServedSaysWhy() {
        IOException storage = assertThrows(
                IOException.class,
                () -> clusters().open(cluster("http://jm:1", "hdfs:///s", RestLogin.NONE)));
        IOException address = assertThrows(
                IOException.class,
                () -> clusters().open(cluster("http://me:pass@jm:1", "/s", RestLogin.NONE)));

        assertTrue(storage.getMessage().contains("hdfs:///s"), storage::getMessage);
        assertFalse(address.getMessage().contains("pass@"), address::getMessage);
    }

    @Test
    void aStateDirectoryIsAFolderHowManySlashesItHas() throws IOException {
        for (String text : new String[] {"file:///mnt/state", "file:/mnt/state", "/mnt/state"}) {
            assertEquals(
                    Path.of("/mnt/state"),
                    StandaloneAccess.stateDirectory(cluster("http://jm:1", text, RestLogin.NONE)));
        }
    }

    private IOException fails(String secret) {
        return assertThrows(IOException.class, () -> new Secrets(Map.of(), data).value(secret));
    }

    private Path secret(String name, String content, String permissions) throws IOException {
        Path file = data.resolve("secrets").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private StandaloneAccess access() {
        return new StandaloneAccess(new Secrets(Map.of(), data));
    }

    private StandaloneClusters clusters() {
        MavenLocation nowhere = MavenLocation.of(Map.of(), Map.of(), data);
        return new StandaloneClusters(
                access(),
                new Submissions(
                        new ArtifactFiles(data, nowhere, Progress.SILENT),
                        data.resolve("runner.jar")),
                () -> new HomeAssembly(new FlinkHomes(data, nowhere), Progress.SILENT),
                WorkerSettings.of(data.resolve("worker.jar"), data.resolve("runner.jar")));
    }

    private static Cluster.Standalone cluster(String url, String stateDir, RestLogin login) {
        ClusterBasics basics =
                new ClusterBasics("lab", Optional.of(stateDir), new TreeMap<>(), Optional.empty());
        return new Cluster.Standalone(basics, url, "1.20", login);
    }
}
