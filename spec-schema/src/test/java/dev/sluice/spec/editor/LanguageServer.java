// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.editor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.json.JSONArray;
import org.json.JSONObject;

/** A yaml-language-server of its own process, driven over standard input and output. */
final class LanguageServer implements AutoCloseable {
    private static final String INSTALL = "../scripts/editor/install.sh";

    private final Process process;
    private final InputStream in;
    private final OutputStream out;
    private int lastId;

    private LanguageServer(Process process) {
        this.process = process;
        this.in = new BufferedInputStream(process.getInputStream());
        this.out = process.getOutputStream();
    }

    /** Fetches the server if it is not here yet, and greets it as an editor does. */
    static LanguageServer start() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("node", program(), "--stdio")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        LanguageServer server = new LanguageServer(process);
        JSONObject hover = new JSONObject(Map.of("contentFormat", List.of("markdown")));
        JSONObject document = new JSONObject()
                .put("hover", hover)
                .put("publishDiagnostics", new JSONObject())
                .put("completion", new JSONObject());
        server.ask(
                "initialize",
                new JSONObject()
                        .put("processId", ProcessHandle.current().pid())
                        .put("rootUri", JSONObject.NULL)
                        .put("capabilities", new JSONObject().put("textDocument", document)));
        server.tell("initialized", new JSONObject());
        JSONObject yaml = new JSONObject()
                .put("validate", true)
                .put("hover", true)
                .put("completion", true)
                .put("schemaStore", new JSONObject().put("enable", false));
        server.tell(
                "workspace/didChangeConfiguration",
                new JSONObject().put("settings", new JSONObject().put("yaml", yaml)));
        return server;
    }

    private static String program() throws IOException, InterruptedException {
        Process install = new ProcessBuilder(INSTALL)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String path = new String(install.getInputStream().readAllBytes(), UTF_8).strip();
        if (install.waitFor() != 0) {
            throw new AssertionError("the editor's server is needed; " + INSTALL + " says why");
        }
        return path;
    }

    /** Opens a file that need not exist, and gives what the editor would underline. */
    List<String> open(Path file, String text) throws IOException {
        tell(
                "textDocument/didOpen",
                new JSONObject()
                        .put(
                                "textDocument",
                                new JSONObject()
                                        .put("uri", file.toUri().toString())
                                        .put("languageId", "yaml")
                                        .put("version", 1)
                                        .put("text", text)));
        JSONObject message = receive();
        while (!isDiagnosticsOf(message, file)) {
            answer(message);
            message = receive();
        }
        JSONArray found = message.getJSONObject("params").getJSONArray("diagnostics");
        return found.toList().stream()
                .map(one -> String.valueOf(((Map<?, ?>) one).get("message")))
                .toList();
    }

    /** Labels that are offered at a place, with their details; lines and columns count from 0. */
    List<JSONObject> complete(Path file, int line, int column) throws IOException {
        Object result = ask("textDocument/completion", at(file, line, column));
        JSONArray items =
                result instanceof JSONObject list ? list.getJSONArray("items") : (JSONArray) result;
        return items.toList().stream()
                .map(item -> new JSONObject((Map<?, ?>) item))
                .toList();
    }

    /** What is shown when the pointer rests at a place. */
    String hover(Path file, int line, int column) throws IOException {
        return ask("textDocument/hover", at(file, line, column)).toString();
    }

    private static JSONObject at(Path file, int line, int column) {
        return new JSONObject()
                .put("textDocument", new JSONObject().put("uri", file.toUri().toString()))
                .put("position", new JSONObject().put("line", line).put("character", column));
    }

    private static boolean isDiagnosticsOf(JSONObject message, Path file) {
        return message.optString("method").equals("textDocument/publishDiagnostics")
                && message.getJSONObject("params")
                        .getString("uri")
                        .equals(file.toUri().toString());
    }

    private Object ask(String method, JSONObject parameters) throws IOException {
        lastId++;
        send(new JSONObject().put("id", lastId).put("method", method).put("params", parameters));
        JSONObject message = receive();
        while (message.has("method") || message.optInt("id") != lastId) {
            answer(message);
            message = receive();
        }
        if (message.has("error")) {
            throw new AssertionError(method + ": " + message.get("error"));
        }
        return message.get("result");
    }

    /** The server asks for the configuration that it was told, and registers abilities. */
    private void answer(JSONObject message) throws IOException {
        if (message.has("method") && message.has("id")) {
            send(new JSONObject().put("id", message.get("id")).put("result", JSONObject.NULL));
        }
    }

    private void tell(String method, JSONObject parameters) throws IOException {
        send(new JSONObject().put("method", method).put("params", parameters));
    }

    private void send(JSONObject message) throws IOException {
        byte[] body = message.put("jsonrpc", "2.0").toString().getBytes(UTF_8);
        out.write(("Content-Length: " + body.length + "\r\n\r\n").getBytes(UTF_8));
        out.write(body);
        out.flush();
    }

    private JSONObject receive() throws IOException {
        int length = -1;
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring("Content-Length: ".length()));
            }
        }
        return new JSONObject(new String(in.readNBytes(length), UTF_8));
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the server has ended");
            }
            line.write(octet);
        }
        return line.toString(UTF_8).strip();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
