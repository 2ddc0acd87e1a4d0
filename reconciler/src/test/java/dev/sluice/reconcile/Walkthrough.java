// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/** Does what a page of the documentation says, and compares what comes of it. */
public final class Walkthrough {
    private static final String ID = "(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])";
    private static final String INSTANT = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z";

    private final String text;

    /** @param page path from the root of the sources */
    public Walkthrough(String page) {
        try {
            Path folder = Path.of("").toAbsolutePath();
            while (!Files.isDirectory(folder.resolve("spec-schema"))) {
                folder = folder.getParent();
            }
            text = Files.readString(folder.resolve(page));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first fenced block of its language after the word, without the fences. */
    private String block(String after, String language) {
        int start = text.indexOf("```" + language + "\n", text.indexOf(after));
        int from = start + language.length() + 4;
        return text.substring(from, text.indexOf("```", from));
    }

    /**
     * Lists and writes as {@code docs/adopt.md} says, fills in what it says, and validates.
     *
     * @param checkout stands for the folder {@code jobs}
     * @param id of the job that runs
     * @param script the SQL that a person writes beside it
     * @return the completed job.yaml
     */
    public String perform(Path checkout, String id, String script) throws IOException {
        String list = run(checkout, block("## See what runs", "sh"), 0);
        assertEquals(plain(block("## See what runs", "text")), plain(list));

        assertEquals(
                "jobs/shop/by-hand/job.yaml\n", run(checkout, block("## Write the spec", "sh"), 0));
        Path spec = checkout.resolve("jobs/shop/by-hand/job.yaml");
        assertEquals(plain(block("## Write the spec", "text")), plain(Files.readString(spec)));
        assertTrue(Files.readString(spec).contains("adopt: {jobId: \"" + id + "\"}"));

        Files.writeString(spec, filled(Files.readString(spec)));
        Files.writeString(spec.resolveSibling("job.sql"), script);
        run(checkout, block("## Complete it", "sh"), 0);
        return Files.readString(spec);
    }

    /** The block of the completed file shows only what replaces the marked lines. */
    private String filled(String written) {
        List<String> lines = block("## Complete it", "text").lines().toList();
        StringBuilder filled = new StringBuilder();
        written.lines()
                .filter(line -> !line.startsWith("# sql:") && !line.startsWith("# jar:"))
                .forEach(line -> {
                    if (line.startsWith("# FILL IN the program")) {
                        lines.forEach(given -> filled.append(given).append('\n'));
                    } else if (!line.startsWith("# FILL IN")) {
                        filled.append(line).append('\n');
                    }
                });
        return filled.toString();
    }

    private static String run(Path checkout, String command, int expected) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] arguments = command.strip()
                .replaceFirst("^sluice ", "")
                .replace("--repo sample-repo", "--repo " + checkout)
                .split(" ");
        CommandLine line = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        int code = line.execute(arguments);
        assertEquals(expected, code, command + out + err);
        return out.toString();
    }

    private static String plain(String shown) {
        return shown.replaceAll(ID, "ID").replaceAll(INSTANT, "TIME").replaceAll(" +", " ");
    }
}
