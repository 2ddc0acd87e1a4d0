// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.reconcile.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What the documents say of commands, files and modules is so. */
class DocumentationTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern INLINE = Pattern.compile("`(?:\\./)?sluice ([a-z]+)[^`]*`");
    private static final Pattern HEADING = Pattern.compile("(?m)^## `sluice ([a-z]+)`$");
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern MODULE_ROW = Pattern.compile("(?m)^\\| `([a-z/-]+)` \\| [A-Z]");
    private static final List<String> STANDARD = List.of("--help", "--version");

    @Test
    void everyLinkLeadsToAFileOrAHeading() throws IOException {
        List<String> dead = new ArrayList<>();
        int links = 0;

        for (Document document : Document.all()) {
            for (MatchResult link : LINK.matcher(document.text()).results().toList()) {
                links++;
                if (!leadsSomewhere(document, link.group(1))) {
                    dead.add(document.file() + ": " + link.group(1));
                }
            }
        }

        assertEquals(List.of(), dead);
        assertTrue(links > 50, "links found: " + links);
    }

    @Test
    void everyCommandInAShellBlockIsUnderstood() throws IOException {
        List<String> wrong = new ArrayList<>();

        for (String command : commands()) {
            try {
                commandLine().parseArgs(arguments(command));
            } catch (CommandLine.ParameterException e) {
                wrong.add(command + ": " + e.getMessage());
            }
        }

        assertEquals(List.of(), wrong);
    }

    @Test
    void everyCommandThatNeedsNoControllerSucceeds() throws IOException {
        List<String> cheap = commands().stream()
                .filter(command -> command.contains("sluice validate")
                        || command.contains("sluice render")
                        || command.contains("sluice version"))
                .toList();

        assertFalse(cheap.isEmpty());
        for (String command : cheap) {
            StringWriter said = new StringWriter();
            CommandLine line =
                    commandLine().setOut(new PrintWriter(said)).setErr(new PrintWriter(said));

            // Flink itself, which reads SQL, is the matter of slower tests.
            String offline = command.replace("sluice validate", "sluice validate --no-sql");
            int code = line.execute(arguments(offline));

            assertEquals(0, code, command + "\n" + said);
        }
    }

    @Test
    void everyCommandInASentenceExists() throws IOException {
        TreeSet<String> named = new TreeSet<>();

        for (Document document : Document.all()) {
            INLINE.matcher(document.text()).results().forEach(found -> named.add(found.group(1)));
        }

        named.removeAll(commandLine().getSubcommands().keySet());
        assertEquals(List.of(), List.copyOf(named));
    }

    @Test
    void everyCommandHasASectionThatNamesItsOptions() throws IOException {
        String text = Document.named("docs/commands.md").text();
        List<MatchResult> headings = HEADING.matcher(text).results().toList();
        List<String> missing = new ArrayList<>();

        assertEquals(
                List.copyOf(new TreeSet<>(commandLine().getSubcommands().keySet())),
                headings.stream().map(heading -> heading.group(1)).sorted().toList());
        for (MatchResult heading : headings) {
            int next = text.indexOf("\n## ", heading.end());
            String section = text.substring(heading.end(), next < 0 ? text.length() : next);
            options(heading.group(1)).stream()
                    .filter(option -> !section.contains(option))
                    .forEach(option -> missing.add(heading.group(1) + " " + option));
        }

        assertEquals(List.of(), missing);
    }

    @Test
    void theModuleTableNamesTheModulesOfTheBuild() throws IOException {
        String readme = Document.named("README.md").text();

        List<String> rows = MODULE_ROW
                .matcher(readme)
                .results()
                .map(row -> row.group(1))
                .sorted()
                .toList();

        assertEquals(modules("").sorted().toList(), rows);
    }

    private static boolean leadsSomewhere(Document document, String link) throws IOException {
        if (link.matches("[a-z]+:.*")) {
            return true;
        }
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path folder = Document.ROOT.resolve(document.file()).getParent();
        Path target =
                path.isEmpty() ? Document.ROOT.resolve(document.file()) : folder.resolve(path);
        return Files.exists(target)
                && (hash < 0 || headings(target).contains(link.substring(hash + 1)));
    }

    /** Headings as a forge turns them into anchors. */
    private static List<String> headings(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(java.util.Locale.ROOT))
                .map(line -> line.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
                .toList();
    }

    private static List<String> commands() throws IOException {
        List<String> commands = new ArrayList<>();
        for (Document document : Document.all()) {
            document.blocks("sh").stream()
                    .flatMap(block -> block.text().lines())
                    .filter(line -> line.matches("(\\./)?sluice .*"))
                    .forEach(commands::add);
        }
        return commands;
    }

    private static String[] arguments(String command) {
        return Arrays.stream(command.split(" "))
                .skip(1)
                .map(word ->
                        word.equals("sample-repo") ? Document.ROOT.resolve(word).toString() : word)
                .toArray(String[]::new);
    }

    private static List<String> options(String command) {
        return commandLine().getSubcommands().get(command).getCommandSpec().options().stream()
                .map(OptionSpec::longestName)
                .filter(name -> !STANDARD.contains(name))
                .toList();
    }

    private static CommandLine commandLine() {
        return new CommandLine(Main.class);
    }

    /** Modules without modules of their own, as paths from the root. */
    private static Stream<String> modules(String folder) throws IOException {
        String pom = Files.readString(Document.ROOT.resolve(folder).resolve("pom.xml"));
        List<String> inner = MODULE.matcher(pom)
                .results()
                .map(module -> folder.isEmpty() ? module.group(1) : folder + "/" + module.group(1))
                .toList();
        List<String> leaves = new ArrayList<>();
        for (String module : inner) {
            leaves.addAll(modules(module).toList());
        }
        return inner.isEmpty() ? Stream.of(folder) : leaves.stream();
    }
}
