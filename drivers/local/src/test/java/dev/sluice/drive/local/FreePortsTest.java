// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
        Ports ports = FreePorts.ofSystem().choose();

        assertTrue(ports.rest() < FreePorts.firstLent(), ports::toString);
        assertTrue(ports.rpc() < FreePorts.firstLent(), ports::toString);
        assertTrue(FreePorts.firstLent() > 1024, () -> "read " + FreePorts.firstLent());
        assertTrue(ports.areFree(), ports::toString);
    }

    @Test
    void manyJobsThatStartAtOnceAreGivenPortsOfTheirOwn() throws IOException {
        FreePorts free = FreePorts.ofSystem();
        Set<Integer> given = new TreeSet<>();

        for (int job = 0; job < 100; job++) {
            Ports ports = free.choose();
            given.addAll(List.of(ports.rest(), ports.rpc()));
        }

        assertEquals(200, given.size());
    }

    @Test
    void aPortThatSomebodyHasIsPassedOver() throws IOException {
        Ports known = FreePorts.ofSystem().choose();
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
        Ports ports = new FreePorts(20_000, 0, 0).choose();

        assertTrue(ports.rest() >= FreePorts.firstLent(), ports::toString);
        assertTrue(ports.areFree(), ports::toString);
    }
}
