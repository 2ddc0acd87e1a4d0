// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** How an answer goes wrong. What the name does not say stays as it was. */
@FunctionalInterface
public interface Fault {
    void give(Exchange exchange) throws IOException, InterruptedException;

    /** No fault at all. */
    static Fault none() {
        return exchange -> exchange.answer(exchange.forward());
    }

    /** The server is asked at once and its answer comes late. */
    static Fault delayed(Duration by) {
        return exchange -> {
            byte[] answer = exchange.forward();
            if (exchange.pause(by)) {
                exchange.answer(answer);
            }
        };
    }

    /** The request is taken, the server never sees it, and nothing is ever answered. */
    static Fault hanging() {
        return exchange -> {
            while (exchange.pause(Duration.ofMinutes(1))) {
                // until the proxy is closed
            }
        };
    }

    /** The server did what was asked, and nobody hears of it. */
    static Fault answerLost() {
        return exchange -> {
            exchange.forward();
            exchange.reset();
        };
    }

    /** The server never saw the request. */
    static Fault requestLost() {
        return Exchange::reset;
    }

    /** Bytes that are no HTTP. */
    static Fault garbage() {
        return exchange -> exchange.write(new byte[] {0, 1, 2, (byte) 0xff, 'x', '\r', '\n'});
    }

    /** The true answer, one byte at a time. */
    static Fault dripping(Duration pause) {
        return exchange -> {
            for (byte next : exchange.forward()) {
                exchange.write(new byte[] {next});
                if (!exchange.pause(pause)) {
                    return;
                }
            }
        };
    }

    /** Another server's answer instead of Flink's, which never sees the request. */
    static Fault instead(int status, String type, String body) {
        return exchange -> exchange.answer(page(status, type, body));
    }

    /** The first half of the true body, as if that were all. */
    static Fault truncated() {
        return edited(body -> body.substring(0, body.length() / 2));
    }

    /** A body of so many spaces. */
    static Fault huge(long bytes) {
        return exchange -> {
            String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                    + bytes + "\r\nConnection: close\r\n\r\n";
            exchange.write(head.getBytes(StandardCharsets.US_ASCII));
            byte[] spaces = new byte[64 << 10];
            Arrays.fill(spaces, (byte) ' ');
            for (long written = 0; written < bytes; written += spaces.length) {
                exchange.write(spaces);
            }
        };
    }

    /** The true answer with its body changed. */
    static Fault edited(UnaryOperator<String> change) {
        return exchange -> {
            String answer = new String(exchange.forward(), StandardCharsets.UTF_8);
            int body = answer.indexOf("\r\n\r\n") + 4;
            int status = Integer.parseInt(answer.split(" ")[1]);
            String changed = change.apply(answer.substring(body));
            exchange.answer(page(status, "application/json", changed));
        };
    }

    private static byte[] page(int status, String type, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + " Told\r\nContent-Type: " + type
                + "; charset=UTF-8\r\nContent-Length: " + bytes.length + "\r\n\r\n";
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(start, start.length + bytes.length);
        System.arraycopy(bytes, 0, all, start.length, bytes.length);
        return all;
    }
}
