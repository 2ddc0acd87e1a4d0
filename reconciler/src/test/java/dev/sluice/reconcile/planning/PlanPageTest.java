// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.reconcile.git.ServerRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of docs/plan.md whose output is shown there is run and says what is shown. */
class PlanPageTest {
    private static final Path ROOT = root();
    private static final Pattern EXAMPLE = Pattern.compile(
            "```sh\\nsluice ([^\\n]*)\\n```\\n\\n```(?:text|markdown)\\n(.*?)```\\n",
            Pattern.DOTALL);
    private static final Pattern HASH = Pattern.compile("\\b([0-9a-f]{12}|[0-9a-f]{8})\\b");

    @TempDir
    private Path directory;

    @Test
    void theExamplesSayWhatTheProgramSays() throws IOException {
        repository();
        String page = Files.readString(ROOT.resolve("docs/plan.md"));
        List<String> shown = new ArrayList<>();
        List<String> said = new ArrayList<>();

        for (MatchResult example : EXAMPLE.matcher(page).results().toList()) {
            String head = "sluice " + example.group(1) + "\n";
            shown.add(head + withoutHashes(example.group(2)));
            said.add(head + withoutHashes(Sluice.run(words(example.group(1))).out()));
        }

        assertEquals(3, shown.size(), "examples found");
        assertEquals(String.join("\n", shown), String.join("\n", said));
    }

    /** The sample on main, and a change of it on a branch. */
    private void repository() throws IOException {
        ServerRepository server = new ServerRepository(directory.resolve("jobs.git"));
        Map<String, String> files = new TreeMap<>();
        Path sample = ROOT.resolve("sample-repo");
        try (Stream<Path> paths = Files.walk(sample)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(sample.relativize(path).toString(), Files.readString(path));
            }
        }
        server.commit("main", "Start with the sample", files);
        files.computeIfPresent(
                "jobs/shop/clicks/job.yaml",
                (path, text) -> text.replace("parallelism: 2", "parallelism: 4"));
        files.computeIfPresent(
                "environments/test/variables.yaml",
                (path, text) ->
                        text.replace("output: /tmp/sluice-sample/test", "output: /data/test"));
        server.commit("faster", "Change two things", files);
    }

    private Object[] words(String command) {
        return Stream.of(command.split(" "))
                .map(word -> word.equals("jobs.git") || word.endsWith(".plan")
                        ? directory.resolve(word)
                        : word)
                .toArray();
    }

    private static String withoutHashes(String text) {
        return HASH.matcher(text).replaceAll("#");
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("spec-schema"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
