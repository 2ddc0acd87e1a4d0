// SPDX-License-Identifier: Apache-2.0
package dev.sluice.worker;

import java.io.PrintStream;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonProcessingException;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Writes answers, at most one to each request: {@code id} with {@code result}, or with {@code error}
 * and {@code message}. Used by several threads: whoever answers first has answered.
 */
final class Channel {
    /** Why there is no result. */
    enum Fault {
        /** The user's program or script is wrong. */
        PROGRAM,
        /** The user's program ended the process. */
        EXIT,
        /** No result until the deadline. */
        DEADLINE,
        /** Neither: a mistake of ours, or a Flink that is put together wrongly. */
        WORKER
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintStream out;
    private String open = "";

    Channel(PrintStream out) {
        this.out = out;
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static JsonNode read(String line) throws JsonProcessingException {
        return JSON.readTree(line);
    }

    /** The next answer belongs to this request. */
    synchronized void open(String id) {
        open = id;
    }

    synchronized boolean isOpen() {
        return !open.isEmpty();
    }

    void result(JsonNode result) {
        ObjectNode answer = object();
        answer.set("result", result);
        write(answer);
    }

    void fault(Fault fault, String message) {
        write(object().put("error", fault.name()).put("message", message));
    }

    private synchronized void write(ObjectNode answer) {
        if (open.isEmpty()) {
            return;
        }
        out.println(answer.put("id", open));
        out.flush();
        open = "";
    }
}
