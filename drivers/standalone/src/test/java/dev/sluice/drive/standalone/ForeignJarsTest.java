// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.artifacts.FlinkReleases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignJarsTest {
    @TempDir
    Path folder;

    @Test
    void partsOfFlinkOfAnyPatchReleaseAreNotForeign() throws Exception {
        Path lib = Files.createDirectories(folder.resolve("lib"));
        for (String jar : List.of("flink-runtime-1.20.1.jar", "flink-connector-files-1.20.1.jar")) {
            Files.createFile(lib.resolve(jar));
        }
        FlinkHome home = new FlinkHome(FlinkReleases.bundled().find("1.20").orElseThrow(), folder);

        List<String> foreign = ForeignJars.of(
                List.of(
                        "/opt/flink/conf",
                        "/opt/flink/lib/paimon-flink-1.20-1.0.0.jar",
                        "/opt/flink/lib/flink-runtime-1.20.4.jar",
                        "/opt/flink/lib/flink-sql-connector-kafka-3.4.0-1.20.jar",
                        "/opt/flink/lib/flink-dist-1.20.4.jar",
                        "/opt/flink/lib/flink-connector-files-1.20.4.jar"),
                home);

        assertEquals(
                List.of("flink-sql-connector-kafka-3.4.0-1.20.jar", "paimon-flink-1.20-1.0.0.jar"),
                foreign);
    }
}
