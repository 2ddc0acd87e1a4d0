// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.spec.JobKey;
import org.junit.jupiter.api.Test;

class AttemptTest {
    private static final JobKey LONG =
            new JobKey("repo", "test", "shop", "a-name-with-forty-characters-to-the-endx");

    @Test
    void theLongestNameLeavesRoomForWhatFlinkAppends() {
        String id = new Attempt(LONG, 9_999_999).clusterId();

        assertTrue(id.length() <= 45, id);
        assertTrue(id.matches("[a-z]([-a-z0-9]*[a-z0-9])?"), id);
    }

    @Test
    void jobsWhoseNamesAreCutAlikeHaveOtherIds() {
        JobKey other =
                new JobKey("repo", "test", "shop", "a-name-with-forty-characters-to-the-endy");

        assertNotEquals(new Attempt(LONG, 1).clusterId(), new Attempt(other, 1).clusterId());
    }

    @Test
    void aNameThatIsCutBehindADashEndsBeforeIt() {
        JobKey key = new JobKey("repo", "test", "shop", "twenty-three-characters-x");

        assertTrue(new Attempt(key, 1).clusterId().startsWith("twenty-three-characters-"));
        assertEquals(-1, new Attempt(key, 1).clusterId().indexOf("--"));
    }

    @Test
    void theLabelsOfAnAttemptHoldThoseOfItsJob() {
        Attempt attempt = new Attempt(LONG, 3);

        assertTrue(attempt.labels().entrySet().containsAll(Attempt.labels(LONG).entrySet()));
        assertEquals("3", attempt.labels().get("sluice.dev/attempt"));
        assertEquals(attempt.id().hex(), attempt.labels().get("sluice.dev/job-id"));
    }
}
