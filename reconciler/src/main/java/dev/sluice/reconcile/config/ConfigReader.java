// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.config;

import dev.sluice.reconcile.config.ControllerConfig.Listen;
import dev.sluice.reconcile.git.GitRemote;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.finding.NearestName;
import dev.sluice.spec.yaml.Node;
import dev.sluice.spec.yaml.YamlLimits;
import dev.sluice.spec.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a {@link ControllerConfig}; every mistake of the file at once. */
public final class ConfigReader {
    /**
     * What came of reading.
     *
     * @param config present when there is no finding
     */
    public record Result(Optional<ControllerConfig> config, List<SpecError> findings) {
        public Result {
            findings = List.copyOf(findings);
        }
    }

    private static final List<String> FIELDS =
            List.of("repository", "environment", "branch", "dataDirectory", "listen", "poll");
    private static final Pattern ENVIRONMENT = Pattern.compile("[a-z][-a-z0-9]{0,19}");
    private static final Pattern LISTEN = Pattern.compile("(.+):(\\d{1,5})");
    private static final Pattern PERIOD = Pattern.compile("(\\d{1,6})(ms|s|m)");

    private final Path file;
    private final Findings findings = new Findings();

    private ConfigReader(Path file) {
        this.file = file;
    }

    /**
     * Reads the file; relative paths in it are relative to its folder.
     *
     * @throws IOException when the file cannot be read
     */
    public static Result read(Path file) throws IOException {
        ConfigReader reader = new ConfigReader(file.toAbsolutePath().normalize());
        Optional<Node.Mapping> document = new YamlReader(YamlLimits.DEFAULT)
                .read(file.toString(), Files.readAllBytes(file), reader.findings);
        Optional<ControllerConfig> config = document.flatMap(reader::bind);
        List<SpecError> found = reader.findings.toList();
        return new Result(found.isEmpty() ? config : Optional.empty(), found);
    }

    private Optional<ControllerConfig> bind(Node.Mapping document) {
        document.entries().forEach((name, entry) -> refuseUnknown(name, entry));
        document.entries().forEach((name, entry) -> refuseStructure(name, entry));
        Optional<String> repository = required(document, "repository");
        Optional<String> environment =
                required(document, "environment").filter(name -> isEnvironment(document, name));
        Listen listen = listen(document);
        Duration poll = poll(document);
        if (repository.isEmpty() || environment.isEmpty()) {
            return Optional.empty();
        }
        String branch = document.text("branch").orElse(environment.get());
        if (!isRemote(document, address(repository.get()), branch)) {
            return Optional.empty();
        }
        return Optional.of(new ControllerConfig(
                address(repository.get()),
                environment.get(),
                branch,
                folder().resolve(document.text("dataDirectory").orElse("sluice-data"))
                        .normalize(),
                listen,
                poll));
    }

    private void refuseUnknown(String name, Node.Entry entry) {
        if (!FIELDS.contains(name)) {
            String hint = NearestName.of(name, FIELDS)
                    .map(near -> "did you mean " + near + "?")
                    .orElse("the fields are " + String.join(", ", FIELDS));
            findings.error("unknown-field", entry.key(), "/" + name, "unknown field " + name, hint);
        }
    }

    private void refuseStructure(String name, Node.Entry entry) {
        if (FIELDS.contains(name) && !(entry.value() instanceof Node.Scalar)) {
            findings.error(
                    "wrong-type",
                    entry.value().at(),
                    "/" + name,
                    "expected a text for " + name + ", found " + entry.value().describe(),
                    "correct " + name);
        }
    }

    /** Job keys are made of it: another name would be found out at the first commit only. */
    private boolean isEnvironment(Node.Mapping document, String name) {
        boolean isName = ENVIRONMENT.matcher(name).matches();
        if (!isName) {
            wrong(document, "environment", "a name such as test, " + ENVIRONMENT, name);
        }
        return isName;
    }

    /** The address may hold a password, so it is not repeated. */
    private boolean isRemote(Node.Mapping document, String address, String branch) {
        try {
            new GitRemote(address, branch);
            return true;
        } catch (IllegalArgumentException e) {
            Node.Entry entry = document.entries()
                    .get(document.text("branch").isPresent() ? "branch" : "repository");
            findings.error(
                    "wrong-value",
                    entry.value().at(),
                    "",
                    e.getMessage(),
                    "correct repository or branch");
            return false;
        }
    }

    private Optional<String> required(Node.Mapping document, String name) {
        Optional<String> text = document.text(name).filter(value -> !value.isBlank());
        if (text.isEmpty()) {
            findings.error(
                    "missing-field",
                    document.at(),
                    "",
                    "expected the field " + name + ", found none",
                    "add " + name + ": ... to the file");
        }
        return text;
    }

    private Listen listen(Node.Mapping document) {
        Optional<String> text = document.text("listen");
        if (text.isEmpty()) {
            return Listen.DEFAULT;
        }
        Matcher matcher = LISTEN.matcher(text.get());
        if (matcher.matches() && Integer.parseInt(matcher.group(2)) <= 65_535) {
            return new Listen(matcher.group(1), Integer.parseInt(matcher.group(2)));
        }
        wrong(document, "listen", "an address such as 127.0.0.1:8090", text.get());
        return Listen.DEFAULT;
    }

    private Duration poll(Node.Mapping document) {
        Optional<String> text = document.text("poll");
        if (text.isEmpty()) {
            return ControllerConfig.DEFAULT_POLL;
        }
        Matcher matcher = PERIOD.matcher(text.get());
        if (matcher.matches() && Long.parseLong(matcher.group(1)) > 0) {
            long amount = Long.parseLong(matcher.group(1));
            return UNITS.get(matcher.group(2)).multipliedBy(amount);
        }
        wrong(document, "poll", "a period such as 15s", text.get());
        return ControllerConfig.DEFAULT_POLL;
    }

    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1), "s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1));

    private void wrong(Node.Mapping document, String name, String expected, String found) {
        findings.error(
                "wrong-value",
                document.entries().get(name).value().at(),
                "/" + name,
                "expected " + expected + ", found " + found,
                "correct " + name);
    }

    /** A path of this machine may be relative to the file; anything with a scheme or host is left. */
    private String address(String repository) {
        boolean isPath = !repository.contains(":");
        return isPath ? folder().resolve(repository).normalize().toUri().toString() : repository;
    }

    private Path folder() {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }
}
