// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What one would write first: a clone that is pulled, and every file parsed after each pull. Parsed in
 * this warm process, so the script gets its YAML for less than it would pay.
 */
record ShellScript(Path checkout) {
    static ShellScript cloned(String url, Path folder) throws IOException, InterruptedException {
        git("clone", "-q", "--branch", GeneratedRepository.BRANCH, url, folder.toString());
        return new ShellScript(folder);
    }

    void pullAndParse() throws IOException, InterruptedException {
        git("-C", checkout.toString(), "pull", "-q", "--ff-only");
        try (Stream<Path> files = Files.walk(checkout.resolve("jobs"))) {
            for (Path file : files.filter(path -> path.endsWith("job.yaml")).toList()) {
                new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
            }
        }
    }

    void fetch() throws IOException, InterruptedException {
        git("-C", checkout.toString(), "fetch", "-q");
        git("-C", checkout.toString(), "diff", "--quiet", "HEAD", "FETCH_HEAD");
    }

    static void git(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(Stream.of("git"), Stream.of(arguments)).toList();
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException(command + " ended with " + code);
        }
    }
}
