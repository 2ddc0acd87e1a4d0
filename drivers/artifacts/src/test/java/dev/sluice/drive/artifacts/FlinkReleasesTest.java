// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FlinkReleasesTest {
    private final FlinkReleases releases = FlinkReleases.bundled();

    @Test
    void oneVersionOfEachLineIsComplete() {
        FlinkRelease old = releases.find("1.20").orElseThrow();
        FlinkRelease latest = releases.find("2.2").orElseThrow();

        assertEquals("1.20.1", old.patch());
        assertEquals("2.2.0", latest.patch());
        assertEquals("config.yaml", latest.configurationFile());
        assertEquals(17, latest.java().get(0));
        assertTrue(latest.takesRunConfiguration());
        assertTrue(latest.jvmFlags().contains("--add-opens=java.base/java.lang=ALL-UNNAMED"));
    }

    @Test
    void aVersionThatIsNotListedIsAbsent() {
        assertEquals(Optional.empty(), releases.find("1.2"));
        assertEquals(Optional.empty(), releases.find("0.9"));
    }

    @Test
    void everyHomeHasTheTestDataGeneratorAndOneLoggingBinding() {
        for (String minor : releases.minors()) {
            List<String> names = releases.find(minor).orElseThrow().artifacts().stream()
                    .map(LockedArtifact::name)
                    .toList();

            assertTrue(names.contains("flink-connector-datagen"), minor);
            assertTrue(names.contains("log4j-slf4j-impl"), minor);
            assertEquals(
                    List.of(),
                    names.stream().filter(name -> name.startsWith("logback")).toList());
        }
    }

    @Test
    void aChangedLockIsAnotherHome() {
        FlinkRelease release = releases.find("2.2").orElseThrow();
        FlinkRelease shorter = new FlinkRelease(
                release.minor(),
                release.patch(),
                release.java(),
                release.configurationFile(),
                release.checkpointDirectoryKey(),
                release.savepointDirectoryKey(),
                true,
                release.jvmFlags(),
                release.artifacts().subList(1, release.artifacts().size()));

        assertTrue(release.folder().startsWith("2.2.0-"));
        assertTrue(!release.folder().equals(shorter.folder()));
    }
}
