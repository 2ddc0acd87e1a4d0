// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FreePortsTest {
    @Test
    void noPortIsGivenThatTheSystemMayLendAMomentLater() throws IOException {
        Ports wide = FreePorts.beside(32_768).choose();
        Ports narrow = FreePorts.beside(20_100).choose();

        assertTrue(Math.max(wide.rest(), wide.rpc()) < 30_000, wide::toString);
        assertTrue(Math.min(wide.rest(), wide.rpc()) >= 20_000, wide::toString);
        assertTrue(Math.max(narrow.rest(), narrow.rpc()) < 20_100, narrow::toString);
        assertTrue(narrow.areFree(), narrow::toString);
        // A number of one digit is the first of the kernel's answer alone.
        assertTrue(FreePorts.firstLent() >= 1000, () -> "read " + FreePorts.firstLent());
    }

    @Test
    void theLastFreePortIsNotGivenTwice() throws IOException {
        Ports known = FreePorts.beside(32_768).choose();

        Ports ports = new FreePorts(known.rest(), 1, 0).choose();

        assertNotEquals(ports.rest(), ports.rpc());
        assertTrue(ports.rpc() > 0, ports::toString);
    }

    @Test
    void manyJobsThatStartAtOnceAreGivenPortsOfTheirOwn() throws IOException {
        FreePorts free = FreePorts.beside(32_768);
        Set<Integer> given = new TreeSet<>();

        for (int job = 0; job < 100; job++) {
            Ports ports = free.choose();
            given.addAll(List.of(ports.rest(), ports.rpc()));
        }

        assertEquals(200, given.size());
    }

    @Test
    void aPortThatSomebodyHasIsPassedOver() throws IOException {
        Ports known = FreePorts.beside(32_768).choose();
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), known.rest()));
            FreePorts free = new FreePorts(known.rest(), 50, 0);
            List<Integer> given = new ArrayList<>();

            for (int job = 0; job < 20; job++) {
                Ports ports = free.choose();
                given.addAll(List.of(ports.rest(), ports.rpc()));
            }

            assertTrue(
                    given.stream().allMatch(port -> port > taken.getLocalPort()), given::toString);
        }
    }

    @Test
    void whereTheSystemLendsAllPortsItLendsThese() throws IOException {
        Ports ports = FreePorts.beside(1_024).choose();

        assertTrue(ports.areFree(), ports::toString);
    }
}
