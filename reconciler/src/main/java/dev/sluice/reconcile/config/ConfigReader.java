// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.config;

import dev.sluice.reconcile.config.ControllerConfig.Listen;
import dev.sluice.reconcile.config.ControllerConfig.Webhook;
import dev.sluice.reconcile.git.GitCredentials;
import dev.sluice.reconcile.git.GitLimits;
import dev.sluice.reconcile.git.GitRemote;
import dev.sluice.reconcile.signing.SigningPolicy;
import dev.sluice.reconcile.signing.SigningPolicy.Reach;
import dev.sluice.spec.CommitId;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.finding.Findings;
import dev.sluice.spec.yaml.Node;
import dev.sluice.spec.yaml.YamlLimits;
import dev.sluice.spec.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

    private static final List<String> FIELDS = List.of(
            "repository",
            "environment",
            "branch",
            "dataDirectory",
            "listen",
            "poll",
            "retention",
            "passwordFile",
            "sshDirectory",
            "allowedSigners",
            "openPgpKeyring",
            "signatures",
            "signedCommits",
            "permit",
            "webhook",
            "webhookSecretFile",
            "javaHomes");
    private static final Pattern ENVIRONMENT = Pattern.compile("[a-z][-a-z0-9]{0,19}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern LISTEN = Pattern.compile("(.+):(\\d{1,5})");

    /** A lone user of an http address is a token on some git hosts; digits after a host are a port. */
    private static final Pattern INLINE_SECRET =
            Pattern.compile("https?://[^@]*@.*|[a-z]+://[^/@:]*:(?!\\d+/)[^@]*@.*");

    private static final SortedMap<String, Reach> REACHES =
            Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(
                    "all", Reach.ALL, "firstParent", Reach.FIRST_PARENT, "head", Reach.HEAD)));

    private final Path folder;
    private final Findings findings = new Findings();

    private ConfigReader(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads the file; relative paths in it are relative to its folder.
     *
     * @throws IOException when the file cannot be read
     */
    public static Result read(Path file) throws IOException {
        Path whole = file.toAbsolutePath().normalize();
        Path parent = whole.getParent();
        ConfigReader reader = new ConfigReader(parent == null ? whole : parent);
        Optional<Node.Mapping> document = new YamlReader(YamlLimits.DEFAULT)
                .read(whole.toString(), Files.readAllBytes(whole), reader.findings);
        Optional<ControllerConfig> config = document.flatMap(reader::bind);
        List<SpecError> found = reader.findings.toList();
        return new Result(found.isEmpty() ? config : Optional.empty(), found);
    }

    private Optional<ControllerConfig> bind(Node.Mapping document) {
        Fields fields = new Fields(document, FIELDS, folder, findings);
        fields.refuseOthers();
        Optional<String> repository = fields.required("repository").map(this::address);
        Optional<String> environment = name(fields);
        Listen listen = listen(fields, "listen").orElse(Listen.DEFAULT);
        var poll = fields.period("poll", "15s");
        var retention = fields.period("retention", "180d");
        Optional<Webhook> webhook = webhook(fields);
        Optional<CommitId> permit = permit(fields);
        GitCredentials credentials =
                new GitCredentials(fields.file("passwordFile"), fields.folder("sshDirectory"));
        SigningPolicy signing = signing(fields);
        List<Path> javaHomes = fields.folders("javaHomes");
        if (repository.isEmpty() || environment.isEmpty()) {
            return Optional.empty();
        }
        String branch = fields.text("branch").orElse(environment.get());
        return remote(fields, repository.get(), branch, credentials, signing)
                .map(remote -> new ControllerConfig(
                        remote,
                        environment.get(),
                        folder.resolve(fields.text("dataDirectory").orElse("sluice-data"))
                                .normalize(),
                        listen,
                        poll.orElse(ControllerConfig.DEFAULT_POLL),
                        permit,
                        webhook,
                        retention,
                        javaHomes));
    }

    /** Job keys are made of it: another name would be found out at the first commit only. */
    private Optional<String> name(Fields fields) {
        Optional<String> name = fields.required("environment");
        if (name.isPresent() && !ENVIRONMENT.matcher(name.get()).matches()) {
            fields.wrong("environment", "a name such as test, " + ENVIRONMENT, name.get());
            return Optional.empty();
        }
        return name;
    }

    /** The address may hold a password, so it is not repeated. */
    private Optional<GitRemote> remote(
            Fields fields,
            String address,
            String branch,
            GitCredentials credentials,
            SigningPolicy signing) {
        try {
            GitRemote remote =
                    new GitRemote(address, branch, GitLimits.DEFAULT, credentials, signing);
            if (INLINE_SECRET.matcher(address).matches()) {
                fields.refuse(
                        "repository",
                        "a password, token or user of http does not belong into this file",
                        "take it out of the address and name a passwordFile; an @ in a path is"
                                + " written %40");
                return Optional.empty();
            }
            return Optional.of(remote);
        } catch (IllegalArgumentException e) {
            fields.refuse(
                    fields.text("branch").isPresent() ? "branch" : "repository",
                    e.getMessage(),
                    "correct repository or branch");
            return Optional.empty();
        }
    }

    private SigningPolicy signing(Fields fields) {
        Optional<Path> signers = fields.file("allowedSigners");
        Optional<Path> keyring = fields.file("openPgpKeyring");
        String word = fields.text("signatures").orElse("required");
        if (!word.equals("required") && !word.equals("recorded")) {
            fields.wrong("signatures", "required or recorded", word);
        }
        String reach = fields.text("signedCommits").orElse("all");
        if (!REACHES.containsKey(reach)) {
            fields.wrong("signedCommits", String.join(", ", REACHES.keySet()), reach);
        }
        boolean areKeysNamed = Stream.of("allowedSigners", "openPgpKeyring")
                .anyMatch(name -> fields.text(name).isPresent());
        Stream.of("signatures", "signedCommits")
                .filter(name -> fields.text(name).isPresent() && !areKeysNamed)
                .forEach(name -> fields.wrong(
                        name, "allowedSigners or openPgpKeyring beside it", "neither"));
        return new SigningPolicy(
                signers, keyring, word.equals("required"), REACHES.getOrDefault(reach, Reach.ALL));
    }

    private Optional<CommitId> permit(Fields fields) {
        Optional<String> text = fields.text("permit");
        if (text.isPresent() && !COMMIT.matcher(text.get()).matches()) {
            fields.wrong("permit", "the 40 hex digits of a commit", text.get());
            return Optional.empty();
        }
        return text.map(CommitId::new);
    }

    /** A hook that anybody may call would be a way to keep the controller busy. */
    private Optional<Webhook> webhook(Fields fields) {
        Optional<Listen> listen = listen(fields, "webhook");
        Optional<Path> secret = fields.file("webhookSecretFile");
        if (fields.text("webhook").isPresent()
                && fields.text("webhookSecretFile").isEmpty()) {
            fields.wrong("webhook", "webhookSecretFile beside it", "no webhookSecretFile");
        }
        return listen.flatMap(where -> secret.map(file -> new Webhook(where, file)));
    }

    private Optional<Listen> listen(Fields fields, String name) {
        Optional<String> text = fields.text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Matcher matcher = LISTEN.matcher(text.get());
        if (matcher.matches() && Integer.parseInt(matcher.group(2)) <= 65_535) {
            return Optional.of(new Listen(matcher.group(1), Integer.parseInt(matcher.group(2))));
        }
        fields.wrong(name, "an address such as 127.0.0.1:8090", text.get());
        return Optional.empty();
    }

    /** A path of this machine may be relative to the file; anything with a scheme or host is left. */
    private String address(String repository) {
        boolean isPath = !repository.contains(":");
        return isPath ? folder.resolve(repository).normalize().toUri().toString() : repository;
    }
}
