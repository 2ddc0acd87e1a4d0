// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.spec.rule.FlinkVersions;
import dev.sluice.spec.rule.Vulnerability;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlinkReleasesTest {
    private static final String CHECKPOINTS = "execution.checkpointing.dir";
    private static final List<String> WITHOUT_GENERATOR_JAR = List.of("1.15", "1.16");

    private final FlinkReleases releases = FlinkReleases.bundled();

    @Test
    void everyVersionThatAJobMayAskForCanBeBrought() {
        assertEquals(FlinkVersions.SUPPORTED, releases.minors());
    }

    @Test
    void aVersionThatIsNotListedIsAbsent() {
        assertEquals(Optional.empty(), releases.find("1.2"));
        assertEquals(Optional.empty(), releases.find("0.9"));
        assertEquals(Optional.empty(), releases.find("1.20.1"));
        assertEquals(Optional.empty(), releases.find("latest"));
    }

    @Test
    void aVersionIsThePatchReleaseOfItsEntryAndLock() {
        for (String minor : releases.minors()) {
            FlinkRelease release = release(minor);
            List<String> runtime = release.artifacts().stream()
                    .filter(jar -> jar.name().equals("flink-runtime"))
                    .map(LockedArtifact::version)
                    .toList();

            assertTrue(release.patch().startsWith(minor + "."), release::patch);
            assertEquals(List.of(release.patch()), runtime);
        }
    }

    @Test
    void everyHomeHasTheTestDataGeneratorAndOneLoggingBinding() {
        for (String minor : releases.minors()) {
            List<String> names = release(minor).artifacts().stream()
                    .map(LockedArtifact::name)
                    .toList();

            // Before 1.17 the generator is in flink-table-api-java-bridge.
            assertTrue(
                    names.contains("flink-connector-datagen")
                            || WITHOUT_GENERATOR_JAR.contains(minor),
                    minor);
            assertTrue(names.contains("log4j-slf4j-impl"), minor);
            assertEquals(
                    List.of(),
                    names.stream().filter(name -> name.startsWith("logback")).toList());
        }
    }

    @Test
    void everyHomeForYarnHasOneJarMoreUnderTheNameThatFlinkLooksFor() {
        for (String minor : releases.minors()) {
            FlinkRelease release = release(minor);
            FlinkRelease onYarn = FlinkReleases.withYarn(release);

            List<String> more = onYarn.artifacts().stream()
                    .filter(jar -> !release.artifacts().contains(jar))
                    .map(LockedArtifact::fileName)
                    .toList();
            assertEquals(List.of("flink-dist-" + release.patch() + ".jar"), more);
            assertNotEquals(release.folder(), onYarn.folder());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1.15, state.checkpoints.dir, state.backend",
        "1.17, state.checkpoints.dir, state.backend.type",
        "1.19, state.checkpoints.dir, state.backend.type",
        "1.20, execution.checkpointing.dir, state.backend.type",
        "2.3, execution.checkpointing.dir, state.backend.type"
    })
    void aKeyHasTheNameThatTheVersionKnows(String minor, String checkpoints, String backend) {
        FlinkRelease release = release(minor);

        assertEquals(checkpoints, release.key(CHECKPOINTS));
        assertEquals(backend, release.key("state.backend.type"));
        assertEquals("parallelism.default", release.key("parallelism.default"));
    }

    @ParameterizedTest
    @CsvSource({
        "1.14.6, false", "1.15.0, true", "1.19.3, true", "1.20.3, true", "1.20.4, false",
        "1.20, true", "2.0.1, true", "2.0.2, false", "2.1.2-SNAPSHOT, false", "2.2.0, true",
        "2.2.1, false", "2.3.0, false"
    })
    void aWeaknessLastsUntilTheFixedReleaseOfItsMinorVersion(String patch, boolean isAffected) {
        Vulnerability known = release("1.15").vulnerabilities().get(0);

        assertEquals("CVE-2026-35194", known.id());
        assertEquals(isAffected, known.affects(patch));
    }

    @Test
    void aVersionKnowsItsWeaknessesAndTheFix() {
        Vulnerability known = release("2.2").vulnerabilities().get(0);

        assertEquals(Optional.of("2.2.1"), known.fixFor("2.2.0"));
        assertEquals(Optional.empty(), known.fixFor("1.19.1"));
        assertEquals(List.of(), release("2.3").vulnerabilities());
    }

    @Test
    void aChangedLockIsAnotherHome() {
        FlinkRelease release = release("2.2");
        FlinkRelease shorter = new FlinkRelease(
                release.minor(),
                release.patch(),
                release.java(),
                release.unofficialJava(),
                release.configurationFile(),
                release.olderKeys(),
                true,
                release.jvmFlags(),
                release.vulnerabilities(),
                release.artifacts().subList(1, release.artifacts().size()));

        assertTrue(release.folder().startsWith("2.2.0-"));
        assertTrue(!release.folder().equals(shorter.folder()));
    }

    private FlinkRelease release(String minor) {
        return releases.find(minor).orElseThrow();
    }
}
