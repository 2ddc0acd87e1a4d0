// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndingTest {
    private static final String APPLICATION = "application_1_0001";
    private static final SampleJob JOB = ToyController.APPLICATION;

    @TempDir
    Path folder;

    private ToyYarn yarn;

    @BeforeEach
    void begin() throws Exception {
        yarn = new ToyYarn();
        ToyController.of(yarn, folder)
                .launching()
                .start(Requests.start(JOB, 1, new RestoreFrom.Empty("first start")));
    }

    @AfterEach
    void end() {
        yarn.close();
    }

    @Test
    void anApplicationThatNeverGotAContainerIsKilled() throws Exception {
        Outcome outcome = stop();

        assertEquals(Outcome.Waiting.class, outcome.getClass(), outcome::toString);
        assertEquals("KILLED", yarn.state(APPLICATION));
    }

    @Test
    void anApplicationThatARestartedResourceManagerCallsAcceptedIsNotKilled() throws Exception {
        yarn.become(APPLICATION, "RUNNING");
        yarn.become(APPLICATION, "ACCEPTED");

        Outcome outcome = stop();

        assertEquals(Outcome.Unknown.class, outcome.getClass(), outcome::toString);
        assertEquals("ACCEPTED", yarn.state(APPLICATION));
    }

    @Test
    void anApplicationWhoseAddressIsNotToldIsNotKilled() throws Exception {
        yarn.become(APPLICATION, "RUNNING");
        yarn.hideAddresses();

        Outcome outcome = stop();

        assertEquals(Outcome.Unknown.class, outcome.getClass(), outcome::toString);
        assertEquals("RUNNING", yarn.state(APPLICATION));
    }

    private Outcome stop() throws Exception {
        return ToyController.of(yarn, folder).ending().stop(Requests.stop(JOB, 1, 1));
    }
}
