// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExistingHomeTest {
    private static final FlinkRelease RELEASE =
            FlinkReleases.bundled().find("1.20").orElseThrow();
    private static final List<String> ARCHIVE = List.of(
            "flink-dist-1.20.4.jar",
            "flink-table-planner-loader-1.20.4.jar",
            "flink-table-runtime-1.20.4.jar",
            "flink-table-api-java-uber-1.20.4.jar",
            "log4j-slf4j-impl-2.24.3.jar");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"lib", "lib/flink/lib", "share/flink/lib", "libexec/lib", "flink/lib", "."})
    void aFolderWithoutConfAndBinIsAHomeInEveryKnownLayout(String layout) throws Exception {
        Path lib = jars(folder.resolve("home").resolve(layout), ARCHIVE);

        HomeInspection seen = inspect("home");

        assertEquals(List.of(), seen.findings());
        assertEquals(lib.toRealPath(), seen.require().lib());
        assertEquals(Optional.of("1.20.4"), seen.patch());
    }

    @Test
    void aLinkIsFollowedOnce() throws Exception {
        Path lib = jars(folder.resolve("flink-1.20.4/lib"), ARCHIVE);
        Files.createSymbolicLink(folder.resolve("home"), folder.resolve("flink-1.20.4"));

        FlinkHome home = inspect("home").require();

        assertEquals(lib.toRealPath(), home.lib());
        assertEquals(folder.resolve("home"), home.root());
    }

    @Test
    void aVendorsReleaseCountsAsTheOneItIsMadeOf() throws Exception {
        List<String> parcel = ARCHIVE.stream()
                .map(name -> name.replace("1.20.4", "1.20.1-csa1.15.0.0"))
                .toList();
        jars(folder.resolve("home/lib/flink/lib"), parcel);

        HomeInspection seen = inspect("home");

        assertEquals(Optional.of("1.20.1"), seen.patch());
        assertTrue(seen.home().isPresent());
        assertTrue(text(seen).contains("CVE-2026-35194"), text(seen));
        assertTrue(text(seen).contains("unpack 1.20.4 or later"), text(seen));
    }

    @Test
    void whatIsMissingIsAllToldAtOnce() throws Exception {
        jars(folder.resolve("home/lib"), List.of("flink-runtime-1.20.4.jar"));

        HomeInspection seen = inspect("home");

        for (String missing : List.of(
                "flink-runtime-web",
                "flink-clients",
                "flink-table-planner",
                "flink-table-runtime",
                "flink-table-api-java",
                "no logging")) {
            assertTrue(text(seen).contains(missing), text(seen));
        }
        ArtifactFailure failure = assertThrows(ArtifactFailure.class, seen::require);
        assertTrue(failure.getMessage().contains("flink-clients"), failure::getMessage);
    }

    @Test
    void anotherVersionThanDeclaredIsAnError() throws Exception {
        List<String> other =
                ARCHIVE.stream().map(name -> name.replace("1.20.4", "2.2.1")).toList();
        jars(folder.resolve("home/lib"), other);

        HomeInspection seen = inspect("home");

        assertEquals(Optional.empty(), seen.home());
        assertTrue(text(seen).contains("is Flink 2.2.1"), text(seen));
    }

    @Test
    void twoReleasesInOneFolderAreAnError() throws Exception {
        jars(folder.resolve("home/lib"), ARCHIVE);
        jars(folder.resolve("home/lib"), List.of("flink-dist-1.20.3.jar"));

        assertTrue(text(inspect("home")).contains("more than one Flink"));
    }

    @Test
    void aFolderThatIsNoneIsNamed() throws Exception {
        Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("removed"));
        Files.writeString(folder.resolve("file"), "no folder");
        Files.createDirectories(folder.resolve("empty"));

        assertTrue(text(inspect("absent")).contains("there is no folder"));
        assertTrue(text(inspect("dangling")).contains("a link to nowhere"));
        assertTrue(text(inspect("file")).contains("is no folder"));
        assertTrue(text(inspect("empty")).contains("no flink-dist"));
    }

    private HomeInspection inspect(String name) {
        return ExistingHome.inspect(folder.resolve(name), RELEASE);
    }

    private static String text(HomeInspection inspection) {
        return inspection.findings().toString();
    }

    private static Path jars(Path lib, List<String> names) throws IOException {
        Files.createDirectories(lib);
        for (String name : names) {
            Files.writeString(lib.resolve(name), "jar");
        }
        return lib;
    }
}
