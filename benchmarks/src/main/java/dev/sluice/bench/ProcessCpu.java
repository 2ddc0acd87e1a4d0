// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * CPU time that this process and those below it use until it is asked, as far as they began meanwhile.
 * Looks every 20 ms, because a process that was killed tells nobody what it used: so much of each is
 * missing at most.
 */
final class ProcessCpu {
    private static final long LOOK_MILLIS = 20;

    private final long own = Cpu.nanos();
    private final Set<Long> before = ProcessHandle.current()
            .descendants()
            .map(ProcessHandle::pid)
            .collect(Collectors.toSet());
    private final Map<Long, Duration> seen = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::watch, "process-cpu");
    private volatile boolean isOver;
    private volatile long watching;

    private ProcessCpu() {
        thread.setDaemon(true);
    }

    static ProcessCpu watching() {
        ProcessCpu cpu = new ProcessCpu();
        cpu.thread.start();
        return cpu;
    }

    /** Milliseconds so far, without those of watching; nothing is watched any more. */
    double endMillis() throws InterruptedException {
        isOver = true;
        thread.join();
        long others = seen.values().stream().mapToLong(Duration::toNanos).sum();
        return (Cpu.nanos() - own - watching + others) / 1e6;
    }

    private void watch() {
        while (!isOver) {
            look();
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
        look();
        watching = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private void look() {
        ProcessHandle.current()
                .descendants()
                .filter(process -> !before.contains(process.pid()))
                .forEach(process -> process.info()
                        .totalCpuDuration()
                        .ifPresent(used -> seen.put(process.pid(), used)));
    }
}
