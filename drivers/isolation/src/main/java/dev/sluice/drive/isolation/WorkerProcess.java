// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.isolation;

import dev.sluice.drive.isolation.WorkerFailure.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One running worker, asked one thing at a time. Lines that are no answer to the open request are
 * passed over: users' programs print.
 */
final class WorkerProcess implements AutoCloseable {
    /** What the worker has, on top of the deadline it knows of, to say that it is late. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final int OUT_OF_MEMORY = 3;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Process process;
    private final WorkerMark mark;
    private final ProcessLines lines;
    private final ProcessTail complaints;

    WorkerProcess(Process process, WorkerMark mark) {
        this.process = process;
        this.mark = mark;
        this.lines = ProcessLines.of(process.getInputStream());
        this.complaints = ProcessTail.of(process.getErrorStream());
    }

    static ObjectNode body() {
        return JSON.createObjectNode();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The result of an operation. After DEADLINE or DIED the process is of no further use. */
    JsonNode ask(String operation, ObjectNode body, Duration deadline) throws WorkerFailure {
        String id = UUID.randomUUID().toString();
        ObjectNode request = body().put("id", id).put("operation", operation);
        request.put("deadline", deadline.toMillis()).set("body", body);
        long end = System.nanoTime() + deadline.plus(GRACE).toNanos();
        send(JSON.writeValueAsString(request));
        while (true) {
            Optional<String> line = lines.next(end - System.nanoTime());
            if (line.isEmpty()) {
                throw silent(end);
            }
            Optional<JsonNode> answer = answer(line.get(), id);
            if (answer.isPresent()) {
                return result(answer.get());
            }
        }
    }

    private void send(String line) throws WorkerFailure {
        try {
            OutputStream out = process.getOutputStream();
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw died();
        }
    }

    private static Optional<JsonNode> answer(String line, String id) {
        try {
            JsonNode node = JSON.readTree(line);
            return Optional.of(node)
                    .filter(answer -> answer.path("id").asString("").equals(id));
        } catch (JacksonException printedByAProgram) {
            return Optional.empty();
        }
    }

    private static JsonNode result(JsonNode answer) throws WorkerFailure {
        if (answer.hasNonNull("result")) {
            return answer.get("result");
        }
        throw new WorkerFailure(
                kind(answer.path("error").asString("")), answer.path("message").asString(""));
    }

    private static Kind kind(String word) {
        return switch (word) {
            case "PROGRAM" -> Kind.PROGRAM;
            case "EXIT" -> Kind.EXIT;
            case "DEADLINE" -> Kind.DEADLINE;
            default -> Kind.WORKER;
        };
    }

    private WorkerFailure silent(long end) {
        if (System.nanoTime() < end) {
            return died();
        }
        close();
        // A worker tells of its own deadline; one that does not has not come so far, or cannot run.
        return new WorkerFailure(Kind.DIED, "the process did not answer in time");
    }

    private WorkerFailure died() {
        close();
        int code = process.exitValue();
        return new WorkerFailure(
                Kind.DIED,
                code == OUT_OF_MEMORY
                        ? "the process needed more memory than it may have"
                        : "the process ended with code " + code + complaints.told());
    }

    /** Kills the process and what it started. Nothing is lost by it. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS);
            mark.killAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
