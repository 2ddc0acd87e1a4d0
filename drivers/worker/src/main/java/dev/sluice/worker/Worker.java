// SPDX-License-Identifier: Apache-2.0
package dev.sluice.worker;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;

/** Answers requests one after the other on a thread of its own. */
final class Worker {
    private final Map<String, Operation> operations;
    private final Channel channel;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::serve, "requests");
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(task -> {
                Thread ticking = new Thread(task, "deadlines");
                ticking.setDaemon(true);
                return ticking;
            });

    Worker(Role role, Channel channel) {
        this.operations = role.operations();
        this.channel = channel;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::ended, "ended"));
    }

    void accept(String line) throws InterruptedException {
        lines.put(line);
    }

    private void serve() {
        try {
            while (true) {
                serve(Channel.read(lines.take()));
            }
        } catch (Exception | LinkageError e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private void serve(JsonNode request) {
        channel.open(request.path("id").asText());
        ScheduledFuture<?> deadline = clock.schedule(
                this::late, request.path("deadline").asLong(), TimeUnit.MILLISECONDS);
        try {
            Operation operation = operations.get(request.path("operation").asText());
            if (operation == null) {
                channel.fault(Channel.Fault.WORKER, "this role has no such operation");
                return;
            }
            channel.result(operation.answer(request.path("body")));
        } catch (ProgramFault e) {
            channel.fault(Channel.Fault.PROGRAM, e.getMessage());
        } catch (Exception | LinkageError | StackOverflowError e) {
            e.printStackTrace();
            channel.fault(Channel.Fault.WORKER, e.toString());
        } finally {
            deadline.cancel(false);
        }
    }

    /** The work cannot be stopped from outside, only left behind with its process. */
    private void late() {
        channel.fault(Channel.Fault.DEADLINE, Stacks.top(thread));
        Runtime.getRuntime().halt(1);
    }

    /** Somebody called {@code System.exit} while a request was open: only a user's program does. */
    private void ended() {
        if (channel.isOpen()) {
            channel.fault(Channel.Fault.EXIT, Stacks.exiting());
        }
    }
}
