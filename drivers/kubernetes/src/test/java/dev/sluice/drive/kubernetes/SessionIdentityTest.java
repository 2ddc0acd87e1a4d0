// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.spec.JobKey;
import org.junit.jupiter.api.Test;

class SessionIdentityTest {
    private static final String LONG = "a-name-with-forty-characters-to-the-endx";
    private static final SessionIdentity ONE =
            new SessionIdentity("repo", "test", "pods", LONG, "1.20");

    @Test
    void theLongestNameLeavesRoomForWhatFlinkAppends() {
        String id = ONE.clusterId();

        assertTrue(id.length() <= 45, id);
        assertTrue(id.matches("[a-z]([-a-z0-9]*[a-z0-9])?"), id);
    }

    @Test
    void anotherVersionEnvironmentOrClusterEntryIsAnotherSessionCluster() {
        JobKey elsewhere = new JobKey("repo", "prod", "shop", "orders");

        String id = ONE.clusterId();
        assertNotEquals(id, new SessionIdentity("repo", "test", "pods", LONG, "2.2").clusterId());
        assertNotEquals(
                id, new SessionIdentity("repo", "test", "others", LONG, "1.20").clusterId());
        assertNotEquals(id, SessionIdentity.of(elsewhere, "pods", LONG, "1.20").clusterId());
    }

    @Test
    void allJobsOfAnEnvironmentHaveTheSameOne() {
        JobKey orders = new JobKey("repo", "test", "shop", "orders");
        JobKey clicks = new JobKey("repo", "test", "web", "clicks");

        SessionIdentity first = SessionIdentity.of(orders, "pods", "small", "1.20");
        SessionIdentity second = SessionIdentity.of(clicks, "pods", "small", "1.20");

        assertEquals(first, second);
        assertTrue(first.labels()
                .entrySet()
                .containsAll(SessionIdentity.of("repo", "test").entrySet()));
    }
}
