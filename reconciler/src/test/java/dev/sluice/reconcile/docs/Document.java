// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One markdown file of the project.
 *
 * @param file relative to the project's root
 */
record Document(Path file, String text) {
    static final Path ROOT = projectRoot();
    private static final String FENCE = "```";

    /** Everything a reader is meant to read, in the order of the paths. */
    static List<Document> all() throws IOException {
        List<Document> documents = new ArrayList<>();
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> sample = Files.walk(ROOT.resolve("sample-repo"));
                Stream<Path> planners = Files.walk(ROOT.resolve("planners/src"))) {
            List<Path> files = Stream.of(top, docs, sample, planners)
                    .flatMap(stream -> stream)
                    .filter(path -> path.toString().endsWith(".md"))
                    .filter(path -> !path.toString().contains("/resources/documents/"))
                    .sorted()
                    .toList();
            for (Path path : files) {
                documents.add(new Document(ROOT.relativize(path), Files.readString(path)));
            }
        }
        return documents;
    }

    static Document named(String path) throws IOException {
        return new Document(Path.of(path), Files.readString(ROOT.resolve(path)));
    }

    /**
     * A fenced block.
     *
     * @param document where it stands
     * @param line of its first line of text, from 1
     */
    record Block(Path document, int line, String language, String text) {
        /** What the comment in the first line says, such as a file's name. */
        String title() {
            return text.lines().findFirst().orElse("").replaceFirst("^(#|--) *", "");
        }

        /** The file that the block is an example of. */
        String path() {
            return title().replaceFirst(",.*", "");
        }

        boolean isMistaken() {
            return title().endsWith(", with mistakes");
        }

        @Override
        public String toString() {
            return document + ":" + line;
        }
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = text.lines().toList();
        int at = 0;
        while (at < lines.size()) {
            if (lines.get(at).startsWith(FENCE)) {
                String language = lines.get(at).substring(FENCE.length());
                int end = at + 1;
                while (!lines.get(end).startsWith(FENCE)) {
                    end++;
                }
                String inside = String.join("\n", lines.subList(at + 1, end)) + "\n";
                blocks.add(new Block(file, at + 2, language, inside));
                at = end;
            }
            at++;
        }
        return blocks;
    }

    List<Block> blocks(String language) {
        return blocks().stream()
                .filter(block -> block.language().equals(language))
                .toList();
    }

    private static Path projectRoot() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("spec-schema"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
