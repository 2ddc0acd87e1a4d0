// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.drive.artifacts.ArtifactFiles;
import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.rest.Submission;
import dev.sluice.spec.Artifact;
import dev.sluice.spec.Digest;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** Turns a specification into what is uploaded and run. */
final class Submissions {
    private final ArtifactFiles artifacts;
    private final LocalOptions options;

    Submissions(ArtifactFiles artifacts, LocalOptions options) {
        this.artifacts = artifacts;
        this.options = options;
    }

    /** Fetches the artifacts of the job on the way. */
    Submission prepare(JobSpec spec, FlinkRelease release) throws ArtifactFailure, IOException {
        List<Path> dependencies = new ArrayList<>();
        for (Artifact dependency : spec.dependencies()) {
            dependencies.add(artifacts.fetch(dependency));
        }
        SortedMap<String, String> configuration = configuration(spec, release);
        if (spec.program() instanceof Program.Sql sql) {
            Path jar = BundledJar.of(
                    options.runner(), dependencies, options.directory().resolve("jars"));
            return submission(
                    jar,
                    Optional.empty(),
                    sqlArguments(sql, configuration, release),
                    taken(configuration, release));
        }
        if (spec.program() instanceof Program.Jar program) {
            Path own = artifacts.fetch(program.artifact());
            Path jar = BundledJar.of(own, dependencies, options.directory().resolve("jars"));
            return submission(
                    jar, program.mainClass(), program.args(), taken(configuration, release));
        }
        throw new IllegalArgumentException("Python jobs are not run by the local driver yet");
    }

    private static Submission submission(
            Path jar,
            Optional<String> mainClass,
            List<String> arguments,
            SortedMap<String, String> configuration)
            throws IOException {
        return new Submission(
                jar, Digest.of(Files.readAllBytes(jar)), mainClass, arguments, configuration);
    }

    private SortedMap<String, String> configuration(JobSpec spec, FlinkRelease release) {
        TreeMap<String, String> configuration = new TreeMap<>();
        configuration.put("pipeline.name", spec.key().display());
        configuration.putAll(spec.configuration());
        configuration.putAll(Configuration.reserved(release, options));
        return configuration;
    }

    /** What the cluster takes with the request; the SQL runner is told the rest. */
    private static SortedMap<String, String> taken(
            SortedMap<String, String> configuration, FlinkRelease release) {
        return release.takesRunConfiguration() ? configuration : new TreeMap<>();
    }

    private static List<String> sqlArguments(
            Program.Sql sql, SortedMap<String, String> configuration, FlinkRelease release) {
        List<String> arguments = new ArrayList<>(List.of("--script", encode(sql.text())));
        if (configuration.getOrDefault("execution.runtime-mode", "").equalsIgnoreCase("BATCH")) {
            arguments.add("--batch");
        }
        if (!release.takesRunConfiguration()) {
            arguments.addAll(List.of("--configuration", encode(pairs(configuration))));
        }
        return arguments;
    }

    private static String pairs(SortedMap<String, String> configuration) {
        return configuration.entrySet().stream()
                .map(entry -> url(entry.getKey()) + "=" + url(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String url(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String encode(String script) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(script.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(zipped.toByteArray());
    }
}
