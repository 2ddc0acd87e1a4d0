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
import dev.sluice.spec.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactFilesTest {
    private static final String ORDERS = "com.acme:orders:1.4.2";
    private static final byte[] JAR = SampleJar.of("orders");
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Patience PATIENT = new Patience(LONG, LONG, LONG);

    @TempDir
    Path folder;

    private LoopbackRepository server;
    private ArtifactFiles files;

    @BeforeEach
    void serve() throws IOException {
        server = LoopbackRepository.open(folder.resolve("remote"));
        server.publish(ORDERS, JAR);
        files = files(PATIENT);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void anArtifactIsFetchedOnceAndFoundInTheCacheAfterwards() throws Exception {
        Fetched first = files.find(unlocked(ORDERS));
        int asked = server.requests().size();

        Path again = files.fetch(locked(ORDERS, JAR));
        Fetched unlockedAgain = files.find(unlocked(ORDERS));

        assertArrayEquals(JAR, Files.readAllBytes(again));
        assertEquals(Digest.of(JAR), first.digest());
        assertEquals(Optional.of(server.url().toString()), first.from());
        assertEquals(first, unlockedAgain);
        assertEquals("orders-1.4.2.jar", again.getFileName().toString());
        assertEquals(asked, server.requests().size());
    }

    @Test
    void aDamagedFileOfTheCacheIsFetchedAgain() throws Exception {
        Path file = files.fetch(locked(ORDERS, JAR));
        Files.writeString(file, "somebody was here");

        Path again = files.fetch(locked(ORDERS, JAR));

        assertArrayEquals(JAR, Files.readAllBytes(again));
    }

    @Test
    void otherBytesThanTheLockFileSaysAreRefusedAndNotKept() throws Exception {
        ArtifactFailure failure = failure(locked(ORDERS, SampleJar.of("other")));

        assertEquals(Reason.OTHER_BYTES, failure.reason());
        assertTrue(failure.getMessage().contains(Digest.of(JAR).hex()), failure::getMessage);
        assertEquals(List.of(), leftovers());
    }

    @Test
    void theDigestOfAnotherArtifactIsNoKeyToIt() throws Exception {
        server.publish("com.acme:secret:1", SampleJar.of("secret"));
        files.fetch(locked("com.acme:secret:1", SampleJar.of("secret")));

        ArtifactFailure failure = failure(locked(ORDERS, SampleJar.of("secret")));

        assertEquals(Reason.OTHER_BYTES, failure.reason());
    }

    @Test
    void whatNobodyHasIsNotFoundAndMayBePublishedLater() throws Exception {
        ArtifactFailure failure = failure(unlocked("com.acme:later:1"));
        server.publish("com.acme:later:1", JAR);

        Path file = files.fetch(unlocked("com.acme:later:1"));

        assertEquals(Reason.NOT_FOUND, failure.reason());
        assertFalse(failure.isRetryable());
        assertArrayEquals(JAR, Files.readAllBytes(file));
    }

    @ParameterizedTest
    @CsvSource({"401,DENIED", "403,DENIED", "500,UNREACHABLE", "503,UNREACHABLE"})
    void whatAServerAnswersDecidesWhoseFaultItIs(int status, Reason reason) {
        server.answerWith(status);

        assertEquals(reason, failure(unlocked(ORDERS)).reason());
        assertEquals(reason, failure(unlocked(address())).reason());
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() {
        server.close();

        assertEquals(Reason.UNREACHABLE, failure(unlocked(ORDERS)).reason());
        assertEquals(Reason.UNREACHABLE, failure(unlocked(address())).reason());
    }

    @Test
    void aServerThatDripsTimesOut() throws Exception {
        server.drip();
        files = files(new Patience(LONG, LONG, Duration.ofMillis(300)));

        assertEquals(Reason.TIMED_OUT, failure(unlocked(ORDERS)).reason());
        assertEquals(Reason.TIMED_OUT, failure(unlocked(address())).reason());
        assertEquals(List.of(), leftovers());
    }

    @Test
    void halfADownloadLeavesNothingAndTheNextOneIsWhole() throws Exception {
        server.cut(true);
        Reason maven = failure(unlocked(ORDERS)).reason();
        Reason web = failure(unlocked(address())).reason();
        List<Path> left = leftovers();
        server.cut(false);

        assertEquals(List.of(Reason.UNREACHABLE, Reason.UNREACHABLE), List.of(maven, web));
        assertEquals(List.of(), left);
        assertArrayEquals(JAR, Files.readAllBytes(files.fetch(unlocked(ORDERS))));
    }

    @Test
    void bytesThatContradictTheirChecksumAreRefused() throws Exception {
        Path jar = folder.resolve("remote/com/acme/orders/1.4.2/orders-1.4.2.jar");
        Files.writeString(jar.resolveSibling("orders-1.4.2.jar.sha1"), "0".repeat(40));

        ArtifactFailure failure = failure(unlocked(ORDERS));

        assertEquals(Reason.UNREACHABLE, failure.reason());
        assertTrue(failure.getMessage().contains("hecksum"), failure::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>Please log in</html>", "PK"})
    void aJarThatIsNoJarIsRefused(String content) throws Exception {
        server.publish("com.acme:page:1", content.getBytes());

        ArtifactFailure failure = failure(unlocked("com.acme:page:1"));

        assertEquals(Reason.UNUSABLE, failure.reason());
        assertTrue(failure.getMessage().startsWith("com.acme:page:1 is no jar"));
        assertEquals(List.of(), leftovers());
    }

    @Test
    void anAddressIsFetchedEachTimeItIsNotLocked() throws Exception {
        Path first = files.fetch(unlocked(address()));
        server.publish(ORDERS, SampleJar.of("changed"));

        Fetched second = files.find(unlocked(address()));

        assertArrayEquals(JAR, Files.readAllBytes(first));
        assertEquals(Digest.of(SampleJar.of("changed")), second.digest());
    }

    @Test
    void aRedirectToAnotherHostIsRefused() {
        server.answerWith(302);

        ArtifactFailure failure = failure(unlocked(address()));

        assertEquals(Reason.DENIED, failure.reason());
        assertTrue(failure.getMessage().contains("example.invalid"), failure::getMessage);
    }

    @Test
    void thisMachineIsNotAskedUnlessItIsTrusted() {
        files = new ArtifactFiles(
                folder.resolve("cache"), location(), Progress.SILENT, PATIENT, List.of());
        int before = server.requests().size();

        ArtifactFailure failure = failure(unlocked(address()));

        assertEquals(Reason.DENIED, failure.reason());
        assertEquals(before, server.requests().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "0.0.0.0",
                "[fd12::1]",
                "[::ffff:10.1.2.3]"
            })
    void aPrivateNetworkIsNotAskedEither(String host) {
        ArtifactFailure failure = failure(unlocked("http://" + host + "/orders.jar"));

        assertEquals(Reason.DENIED, failure.reason());
        assertTrue(failure.getMessage().contains("SLUICE_TRUSTED_HOSTS"), failure::getMessage);
    }

    @Test
    void whatAnArtifactNeedsComesFromItsPomWithoutTestsOptionalsAndExcluded() throws Exception {
        server.publish("com.acme:shared:1", JAR, "com.acme:deep:1");
        server.publish("com.acme:deep:1", JAR, "org.flink:core:1");
        server.publish("com.acme:second:1", JAR, "com.acme:deep:2");
        server.publish("com.acme:deep:2", JAR);
        server.publish(
                "com.acme:top:1",
                JAR,
                "com.acme:shared:1",
                "com.acme:second:1:runtime",
                "com.acme:tests:1:test",
                "com.acme:maybe:1:optional",
                "com.acme:given:1:provided",
                "org.slf4j:api:1");

        List<String> needs =
                files.needs("com.acme:top:1", List.of("org.slf4j:*"), Set.of("org.flink:core"));

        assertEquals(List.of("com.acme:shared:1", "com.acme:deep:1", "com.acme:second:1"), needs);
    }

    @Test
    void aPomThatCannotBeHadIsAFailure() {
        server.publish("com.acme:top:1", JAR, "com.acme:nowhere:1");

        ArtifactFailure failure = assertThrows(
                ArtifactFailure.class, () -> files.needs("com.acme:top:1", List.of(), Set.of()));

        assertEquals(Reason.NOT_FOUND, failure.reason());
        assertTrue(failure.getMessage().contains("nowhere"), failure::getMessage);
    }

    private ArtifactFailure failure(Artifact artifact) {
        return assertThrows(ArtifactFailure.class, () -> files.fetch(artifact));
    }

    private ArtifactFiles files(Patience patience) {
        return new ArtifactFiles(
                folder.resolve("cache"),
                location(),
                Progress.SILENT,
                patience,
                List.of("127.0.0.1"));
    }

    private MavenLocation location() {
        return new MavenLocation(server.url(), folder.resolve("local"));
    }

    private String address() {
        return server.url() + "/com/acme/orders/1.4.2/orders-1.4.2.jar";
    }

    private static Artifact unlocked(String coordinate) {
        return new Artifact(coordinate, Optional.empty());
    }

    private static Artifact locked(String coordinate, byte[] bytes) {
        return new Artifact(coordinate, Optional.of(Digest.of(bytes)));
    }

    /** Files that a failed download has left in the cache of artifacts. */
    private List<Path> leftovers() throws IOException {
        try (Stream<Path> found = Files.walk(folder.resolve("cache/artifacts"))) {
            return found.filter(Files::isRegularFile).toList();
        }
    }
}
