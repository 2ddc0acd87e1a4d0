// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.proxy;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One request as it came, with its head rewritten so that the connection ends after the answer.
 *
 * @param path with its query
 * @param body as sent, chunks included
 */
public record Request(String method, String path, byte[] head, byte[] body) {
    private static final int LONGEST_HEAD = 64 << 10;
    private static final List<String> DROPPED = List.of("connection:", "keep-alive:", "upgrade:");

    public Request {
        requireNonNull(method, "method is null");
        requireNonNull(path, "path is null");
        requireNonNull(head, "head is null");
        requireNonNull(body, "body is null");
    }

    /** Method and path, such as {@code GET /jobs/overview}. */
    public String line() {
        return method + " " + path;
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Empty when the client has closed the connection. */
    static Optional<Request> read(InputStream in) throws IOException {
        String head = head(in);
        if (head.isEmpty()) {
            return Optional.empty();
        }
        List<String> lines = head.lines().filter(line -> !line.isEmpty()).toList();
        String[] first = lines.get(0).split(" ");
        StringBuilder rewritten = new StringBuilder(lines.get(0)).append("\r\n");
        lines.stream()
                .skip(1)
                .filter(line -> DROPPED.stream().noneMatch(lower(line)::startsWith))
                .forEach(line -> rewritten.append(line).append("\r\n"));
        rewritten.append("Connection: close\r\n\r\n");
        byte[] bytes = rewritten.toString().getBytes(StandardCharsets.ISO_8859_1);
        return Optional.of(new Request(first[0], first[1], bytes, body(lines, in)));
    }

    private static byte[] body(List<String> lines, InputStream in) throws IOException {
        Optional<String> length = header(lines, "content-length:");
        if (length.isPresent()) {
            return in.readNBytes(Integer.parseInt(length.get()));
        }
        return header(lines, "transfer-encoding:").isPresent() ? chunks(in) : new byte[0];
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String size = line(in);
            body.writeBytes((size + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            int bytes = Integer.parseInt(size.split(";")[0].strip(), 16);
            body.writeBytes(in.readNBytes(bytes + 2));
            if (bytes == 0) {
                return body.toByteArray();
            }
        }
    }

    private static Optional<String> header(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> lower(line).startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .findFirst();
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.append((char) next);
            if (next == '\n' && head.toString().endsWith("\r\n\r\n")) {
                return head.toString();
            }
            if (head.length() > LONGEST_HEAD) {
                throw new IOException("a head without end");
            }
        }
        return "";
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                return line.toString().strip();
            }
            line.append((char) next);
        }
        throw new EOFException("the body ended within a chunk");
    }

    private static String lower(String line) {
        return line.toLowerCase(Locale.ROOT);
    }
}
