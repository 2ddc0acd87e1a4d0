// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.reconcile.config.ConfigReader;
import dev.sluice.reconcile.docs.Document.Block;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.read.CommitReading;
import dev.sluice.spec.read.JobSpecText;
import dev.sluice.spec.read.SpecReader;
import dev.sluice.spec.testing.MemoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files shown in the documents are read by what reads real ones. */
class ExamplesTest {
    private static final String CONTROLLER = "controller.yaml";
    private static final Document CONTROLLER_PAGE = page("docs/controller.md");
    private static final Document REPOSITORY_PAGE = page("docs/job-repository.md");
    private static final Pattern PROPERTY = Pattern.compile("(?m)^    \"([$A-Za-z]+)\": \\{$");

    @TempDir
    private Path folder;

    @Test
    void everyExampleOfAFileIsValid() throws IOException {
        int examples = 0;

        for (Document document : Document.all()) {
            for (Block block : document.blocks("yaml")) {
                examples++;
                if (!block.isMistaken()) {
                    assertEquals(List.of(), findings(block), block.toString());
                }
            }
        }

        assertTrue(examples > 10, "examples found: " + examples);
    }

    @Test
    void theMistakesShownAreToldAsShown() {
        List<Block> blocks = REPOSITORY_PAGE.blocks();
        Block mistaken = blocks.stream().filter(Block::isMistaken).findFirst().orElseThrow();
        Block told = blocks.get(blocks.indexOf(mistaken) + 1);

        List<SpecError> findings = read(mistaken, "test").findings();

        assertEquals(
                told.text(),
                findings.stream()
                        .map(SpecError::toString)
                        .collect(Collectors.joining("\n", "", "\n")));
    }

    @Test
    void theDefaultsOfAJobAreThoseWrittenOut() {
        List<String> specs = REPOSITORY_PAGE.blocks("yaml").stream()
                .filter(block -> block.path().equals("jobs/shop/returns/job.yaml"))
                .filter(block -> !block.isMistaken())
                .map(block -> read(block, "test").jobs().values().stream()
                        .filter(job -> job.key().name().equals("returns"))
                        .map(job -> JobSpecText.write(job.spec()))
                        .findFirst()
                        .orElseThrow())
                .toList();

        assertEquals(2, specs.size());
        assertEquals(specs.get(0), specs.get(1));
    }

    @Test
    void theDefaultsOfAControllerAreThoseWrittenOut() throws IOException {
        List<Block> blocks = CONTROLLER_PAGE.blocks("yaml");

        assertEquals(2, blocks.size());
        assertEquals(config(blocks.get(0)).config(), config(blocks.get(1)).config());
    }

    @Test
    void theTableOfAControllersFieldsIsComplete() throws IOException {
        Path file = Files.writeString(folder.resolve(CONTROLLER), "xyzzyxyzzyxyzzy: 1\n");
        String known = ConfigReader.read(file).findings().stream()
                .filter(finding -> finding.rule().equals("unknown-field"))
                .map(SpecError::nextStep)
                .findFirst()
                .orElseThrow();

        String rows = Pattern.compile("(?m)^\\| `([A-Za-z]+)` \\|")
                .matcher(CONTROLLER_PAGE.text())
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.joining(", "));

        assertEquals(known, "the fields are " + rows);
    }

    @Test
    void everyFieldOfTheFormatIsNamed() throws IOException {
        for (String schema : List.of(
                "job",
                "repository",
                "environment",
                "variables",
                "allowances",
                "policy",
                "team",
                "lock")) {
            String resource = "/dev/sluice/spec/schema/" + schema + ".json";
            String json = new String(
                    SpecReader.class.getResourceAsStream(resource).readAllBytes(),
                    java.nio.charset.StandardCharsets.UTF_8);
            String fields = json.split("\"definitions\"")[0];

            List<String> missing = PROPERTY.matcher(fields)
                    .results()
                    .map(found -> found.group(1))
                    .filter(name -> !REPOSITORY_PAGE.text().contains(name + ":")
                            && !REPOSITORY_PAGE.text().contains("`" + name + "`"))
                    .toList();

            assertEquals(List.of(), missing, schema);
        }
    }

    private List<SpecError> findings(Block block) throws IOException {
        if (block.path().equals(CONTROLLER)) {
            return config(block).findings();
        }
        return Stream.of("test", "prod")
                .flatMap(environment -> read(block, environment).findings().stream())
                .toList();
    }

    private ConfigReader.Result config(Block block) throws IOException {
        return ConfigReader.read(Files.writeString(folder.resolve(CONTROLLER), block.text()));
    }

    /** The sample repository with the other files of the page, and this one. */
    private static CommitReading read(Block block, String environment) {
        MemoryTree tree = sample();
        for (Block other : REPOSITORY_PAGE.blocks()) {
            boolean isFile = other.language().equals("yaml") || other.language().equals("sql");
            boolean isFirst = !tree.entries().containsKey(other.path())
                    || Files.exists(Document.ROOT.resolve("sample-repo").resolve(other.path()));
            if (isFile && isFirst && !other.isMistaken()) {
                tree = tree.with(other.path(), other.text());
            }
        }
        return new SpecReader()
                .read(tree.with(block.path(), block.text()), environment, Optional.empty());
    }

    private static MemoryTree sample() {
        Path root = Document.ROOT.resolve("sample-repo");
        MemoryTree tree = MemoryTree.EMPTY;
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                tree = tree.with(root.relativize(file).toString(), Files.readAllBytes(file));
            }
            return tree;
        } catch (IOException e) {
            throw new IllegalStateException("the sample repository is part of the project", e);
        }
    }

    private static Document page(String path) {
        try {
            return Document.named(path);
        } catch (IOException e) {
            throw new IllegalStateException("the page is part of the project: " + path, e);
        }
    }
}
