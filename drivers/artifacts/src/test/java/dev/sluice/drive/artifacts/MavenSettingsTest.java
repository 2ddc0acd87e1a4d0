// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.artifacts.ArtifactFailure.Reason;
import dev.sluice.drive.artifacts.ArtifactFiles.Fetched;
import dev.sluice.drive.contract.LoopbackRepository;
import dev.sluice.drive.contract.SampleJar;
import dev.sluice.spec.Artifact;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Private repositories, mirrors and passwords come from a settings file and stay in it. */
class MavenSettingsTest {
    private static final String PASSWORD = "canary-of-the-test";
    private static final URI NOBODY = URI.create("http://127.0.0.1:1/");
    private static final Artifact ORDERS = new Artifact("com.acme:orders:1.4.2", Optional.empty());
    private static final byte[] JAR = SampleJar.of("orders");

    @TempDir
    Path folder;

    private LoopbackRepository server;

    @BeforeEach
    void serve() throws IOException {
        server = LoopbackRepository.open(folder.resolve("remote"));
        server.publish("com.acme:orders:1.4.2", JAR);
        server.demand("reader", PASSWORD);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aPrivateRepositoryIsAskedWithItsPassword() throws Exception {
        Fetched fetched = files(server(PASSWORD) + profile()).find(ORDERS);

        assertArrayEquals(JAR, Files.readAllBytes(fetched.file()));
        assertEquals(Optional.of(server.url().toString()), fetched.from());
    }

    @Test
    void aMirrorIsAskedInsteadOfCentral() throws Exception {
        Fetched fetched = files(server(PASSWORD) + mirror()).find(ORDERS);

        assertArrayEquals(JAR, Files.readAllBytes(fetched.file()));
    }

    @Test
    void aWrongPasswordIsDeniedAndNotShown() {
        ArtifactFailure failure = failure(server("wrong-" + PASSWORD) + mirror());

        assertEquals(Reason.DENIED, failure.reason());
        assertHidden(failure);
    }

    @Test
    void aPasswordMayBeAVariableOfTheEnvironment() throws Exception {
        Path file = write(server("${env.ACME_PASSWORD}"));

        ArtifactFailure unset = assertThrows(
                ArtifactFailure.class, () -> MavenSettings.read(Optional.of(file), Map.of()));

        assertEquals(Reason.DENIED, unset.reason());
        assertTrue(unset.getMessage().contains("server acme"), unset::getMessage);
        MavenSettings.read(Optional.of(file), Map.of("ACME_PASSWORD", PASSWORD));
    }

    @Test
    void aBrokenFileIsNamedWithThePlaceAndNotQuoted() {
        ArtifactFailure failure = failure("<servers><server>" + PASSWORD + "</wrong>");

        assertTrue(failure.getMessage().contains("settings.xml are wrong at line 1"));
        assertHidden(failure);
    }

    @Test
    void theSettingsThatAreNamedWinOverThoseOfTheHomeFolder() throws Exception {
        Path usual = folder.resolve(".m2").resolve("settings.xml");
        Files.createDirectories(usual.getParent());
        Files.writeString(usual, "<settings/>");
        Map<String, String> named = Map.of("SLUICE_MAVEN_SETTINGS", "/etc/settings.xml");

        assertEquals(
                Optional.of(usual), MavenLocation.of(Map.of(), Map.of(), folder).settings());
        assertEquals(
                Optional.of(Path.of("/etc/settings.xml")),
                MavenLocation.of(Map.of(), named, folder).settings());
        assertEquals(
                Optional.empty(),
                MavenLocation.of(Map.of(), Map.of(), folder.resolve("x")).settings());
    }

    private void assertHidden(Throwable failure) {
        for (Throwable next = failure; next != null; next = next.getCause()) {
            assertFalse(String.valueOf(next.getMessage()).contains(PASSWORD), next::toString);
        }
    }

    private ArtifactFailure failure(String settings) {
        return assertThrows(ArtifactFailure.class, () -> files(settings).fetch(ORDERS));
    }

    private ArtifactFiles files(String settings) throws IOException {
        MavenLocation location =
                new MavenLocation(NOBODY, folder.resolve("local"), Optional.of(write(settings)));
        Duration limit = Duration.ofSeconds(10);
        return new ArtifactFiles(
                folder.resolve("cache"),
                location,
                Progress.SILENT,
                new Patience(limit, limit, limit),
                List.of());
    }

    private Path write(String settings) throws IOException {
        return Files.writeString(
                folder.resolve("settings.xml"), "<settings>" + settings + "</settings>");
    }

    private String profile() {
        return "<profiles><profile><id>acme</id><repositories><repository><id>acme</id><url>"
                + server.url() + "/</url></repository></repositories></profile></profiles>"
                + "<activeProfiles><activeProfile>acme</activeProfile></activeProfiles>";
    }

    private String mirror() {
        return "<mirrors><mirror><id>acme</id><mirrorOf>*</mirrorOf><url>" + server.url()
                + "</url></mirror></mirrors>";
    }

    private static String server(String password) {
        return "<servers><server><id>acme</id><username>reader</username><password>" + password
                + "</password></server></servers>";
    }
}
