// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Stands on the loopback address in front of one HTTP server and passes requests on, one connection
 * each. Requests that a rule names get its fault; the first rule that fits counts.
 */
public final class FaultProxy implements AutoCloseable {
    private record Rule(Predicate<Request> about, Fault fault, AtomicInteger left) {
        boolean takes(Request request) {
            return about.test(request) && left.getAndUpdate(now -> Math.max(0, now - 1)) > 0;
        }
    }

    private final ServerSocket listener;
    private volatile InetSocketAddress server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile List<Rule> rules = List.of();
    private final List<Consumer<Request>> hearers = new CopyOnWriteArrayList<>();

    /** A proxy on any free port. */
    public FaultProxy(URI server) {
        leadTo(server);
        try {
            listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::listen);
    }

    /** From now on requests are passed on to there. */
    public void leadTo(URI address) {
        server = new InetSocketAddress(address.getHost(), address.getPort());
    }

    public int port() {
        return listener.getLocalPort();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** From now on such requests get the fault, until {@link #heal}. */
    public void always(Predicate<Request> about, Fault fault) {
        add(new Rule(about, fault, new AtomicInteger(Integer.MAX_VALUE)));
    }

    /** From now on such requests get this fault, and no rule of before counts. */
    public void only(Predicate<Request> about, Fault fault) {
        rules = List.of(new Rule(about, fault, new AtomicInteger(Integer.MAX_VALUE)));
    }

    /** The next such request gets the fault. */
    public void once(Predicate<Request> about, Fault fault) {
        add(new Rule(about, fault, new AtomicInteger(1)));
    }

    private void add(Rule rule) {
        rules = Stream.concat(rules.stream(), Stream.of(rule)).toList();
    }

    /** Every fault that was to be given once has been given. */
    public boolean isSpent() {
        return rules.stream().allMatch(rule -> rule.left().get() != 1);
    }

    /** No more faults. */
    public void heal() {
        rules = List.of();
    }

    /** Tells of every request before anything is done with it. */
    public void hear(Consumer<Request> hearer) {
        hearers.add(hearer);
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                threads.execute(() -> serve(client));
            } catch (IOException | RejectedExecutionException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            Optional<Request> request = Request.read(client.getInputStream());
            if (request.isEmpty()) {
                return;
            }
            hearers.forEach(hearer -> hearer.accept(request.get()));
            Fault fault = rules.stream()
                    .filter(rule -> rule.takes(request.get()))
                    .map(Rule::fault)
                    .findFirst()
                    .orElseGet(Fault::none);
            fault.give(new Exchange(request.get(), client, server, closed));
        } catch (IOException e) {
            // One of the two has gone; the client sees its connection end.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        threads.shutdownNow();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
