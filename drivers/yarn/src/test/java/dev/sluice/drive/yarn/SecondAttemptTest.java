// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.isolation.YarnSubmission;
import dev.sluice.spec.observed.RestoreFrom;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** YARN starts a master anew whose node it lost, whatever the number of attempts that it is told. */
class SecondAttemptTest {
    private static final SampleJob JOB = ToyController.APPLICATION;

    @TempDir
    Path folder;

    @Test
    void onlyContainersOfTheFirstAttemptRunAnything() throws Exception {
        assertEquals("started\n", run("container_1795271518847_0002_01_000001"));
        assertEquals("started\n", run("container_e17_1795271518847_12345_01_000042"));
        assertEquals("", run("container_1795271518847_0001_02_000001"));
        assertEquals("", run("container_e01_1795271518847_0101_03_000007"));
    }

    /** As YARN's launch script does: the command stands in double quotes (ContainerLaunch). */
    private String run(String container) throws Exception {
        String command = submitted()
                .configuration()
                .get("yarn.container-start-command-template")
                .replace("%java%", "echo")
                .replace("%class%", "started")
                .replaceAll("%[a-z]+%", "")
                .replaceAll(" +", " ");
        Path script = folder.resolve("launch.sh");
        Files.writeString(
                script,
                "export CONTAINER_ID=\"" + container + "\"\nexec /bin/bash -c \"" + command
                        + "\"\n");
        Process process = new ProcessBuilder("/bin/bash", script.toString()).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private YarnSubmission submitted() throws Exception {
        try (ToyYarn yarn = new ToyYarn()) {
            ToyController.of(yarn, folder)
                    .launching()
                    .start(Requests.start(JOB, 1, new RestoreFrom.Empty("first start")));
            return yarn.last();
        }
    }
}
