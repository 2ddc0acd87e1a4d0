// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.artifacts.MavenLocation;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.isolation.Keytab;
import dev.sluice.drive.isolation.WorkerSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has to be there before a cluster with Kerberos is asked anything. */
class KerberosTest {
    @TempDir
    Path folder;

    private Keytab keytab;

    @BeforeEach
    void files() throws IOException {
        Path file = Files.writeString(folder.resolve("sluice.keytab"), "keys");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        keytab = new Keytab("sluice@EXAMPLE.COM", file, Optional.empty());
    }

    @Test
    void aKeytabThatOthersMayReadIsRefusedWithWhatToDo() throws Exception {
        Optional<String> closed = KerberosIdentity.problem(keytab);
        Files.setPosixFilePermissions(keytab.file(), PosixFilePermissions.fromString("rw-r-----"));
        Optional<String> open = KerberosIdentity.problem(keytab);

        assertEquals(Optional.empty(), closed);
        assertTrue(open.get().contains("is open to others (rw-r-----)"), open::toString);
        assertTrue(open.get().contains("chmod 600"), open::toString);
    }

    @Test
    void filesThatAreNotThereAreNamed() {
        Path nowhere = folder.resolve("nowhere");
        Keytab missing = new Keytab("sluice@EXAMPLE.COM", nowhere, Optional.empty());
        Keytab lost = new Keytab("sluice@EXAMPLE.COM", keytab.file(), Optional.of(nowhere));

        assertTrue(KerberosIdentity.problem(missing).get().contains("no keytab " + nowhere));
        assertTrue(KerberosIdentity.problem(lost).get().contains("no " + nowhere));
    }

    @Test
    void anEntryHasAKeytabExactlyWhereTheClusterWantsOne() throws Exception {
        site("kerberos");
        IOException wanted = assertThrows(IOException.class, () -> open(Optional.empty()));
        site("simple");
        IOException unwanted = assertThrows(IOException.class, () -> open(Optional.of(keytab)));

        assertTrue(wanted.getMessage().contains("add 'kerberos: {"), wanted::getMessage);
        assertTrue(unwanted.getMessage().contains("does not ask for"), unwanted::getMessage);
    }

    private void site(String authentication) throws IOException {
        Files.writeString(folder.resolve("core-site.xml"), """
                <configuration><property><name>hadoop.security.authentication</name>
                <value>%s</value></property></configuration>
                """.formatted(authentication));
        Files.writeString(folder.resolve("yarn-site.xml"), "<configuration/>");
    }

    private void open(Optional<Keytab> login) throws Exception {
        YarnOptions options = new YarnOptions(
                "lake",
                folder,
                login,
                URI.create("hdfs://names/flink"),
                new TreeMap<>(),
                WorkerSettings.of(folder.resolve("worker.jar"), folder.resolve("sql.jar")),
                folder,
                new TreeMap<>(),
                new TreeMap<>());
        MavenLocation maven =
                new MavenLocation(folder.resolve("remote").toUri(), folder.resolve("local"));
        YarnDriver.open(
                options, folder.resolve("cache"), maven, Progress.SILENT, Clock.systemUTC());
    }
}
