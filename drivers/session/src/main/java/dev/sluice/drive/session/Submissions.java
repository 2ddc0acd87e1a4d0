// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.session;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.artifacts.ApplicationEntry;
import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.drive.artifacts.ArtifactFiles;
import dev.sluice.drive.artifacts.ArtifactFiles.Fetched;
import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.artifacts.MainClass;
import dev.sluice.drive.rest.Submission;
import dev.sluice.spec.Artifact;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Program;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** Turns a specification into what is uploaded to a session cluster and run there. */
public final class Submissions {
    private final ArtifactFiles artifacts;
    private final Path runner;

    /** @param runner the jar that runs SQL scripts */
    public Submissions(ArtifactFiles artifacts, Path runner) {
        this.artifacts = requireNonNull(artifacts, "artifacts is null");
        this.runner = requireNonNull(runner, "runner is null");
    }

    /** Why a session cluster of this version cannot run the job, however often it is tried. */
    public static Optional<String> refusal(JobSpec spec, FlinkRelease release) {
        if (spec.program() instanceof Program.Python) {
            return Optional.of("session clusters run SQL and jar jobs, not Python");
        }
        if (!SecretNames.ofPlainPlaces(spec).isEmpty()) {
            return Optional.of("a session cluster shows configuration and arguments of its jobs to"
                    + " everyone who reaches it: found secrets there: "
                    + String.join(", ", SecretNames.ofPlainPlaces(spec)));
        }
        boolean isLost = !spec.configuration().isEmpty() && !isConfigured(spec, release);
        return spec.program() instanceof Program.Jar && isLost
                ? Optional.of("Flink " + release.minor()
                        + " takes no configuration for a jar job over REST: set "
                        + String.join(", ", spec.configuration().keySet())
                        + " in the program, or use Flink 1.17 or later")
                : Optional.empty();
    }

    /**
     * Fetches the artifacts of the job on the way.
     *
     * @param reserved keys that no job may change, see {@link StateKeys}
     * @throws IllegalArgumentException for a job that is refused
     */
    public Submission prepare(
            JobSpec spec, FlinkRelease release, SortedMap<String, String> reserved)
            throws ArtifactFailure, IOException {
        refusal(spec, release).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        return prepareForCheck(spec, release, reserved);
    }

    /** The same for a look at the program, which may run on a cluster of another kind. */
    public Submission prepareForCheck(
            JobSpec spec, FlinkRelease release, SortedMap<String, String> reserved)
            throws ArtifactFailure, IOException {
        List<Fetched> dependencies = new ArrayList<>();
        for (Artifact dependency : spec.dependencies()) {
            dependencies.add(artifacts.find(dependency));
        }
        SortedMap<String, String> configuration = configuration(spec, reserved);
        if (spec.program() instanceof Program.Sql sql) {
            Fetched own = ArtifactFiles.own(runner);
            return submission(
                    artifacts.bundle(own, dependencies),
                    Optional.empty(),
                    sqlArguments(sql, configuration, release),
                    taken(configuration, spec, release));
        }
        if (spec.program() instanceof Program.Jar program) {
            Fetched own = artifacts.find(program.artifact());
            MainClass.check(program.mainClass(), own, dependencies);
            return submission(
                    artifacts.bundle(own, dependencies),
                    program.mainClass(),
                    program.args(),
                    taken(configuration, spec, release));
        }
        throw new IllegalStateException("a kind of program that nobody refused: " + spec.key());
    }

    /** Whether the job wants a cluster of its own. */
    public static boolean isApart(JobSpec spec) {
        return spec.flink().mode() == FlinkTarget.Mode.APPLICATION;
    }

    /** Why a cluster of its own cannot run the job, however often it is tried. */
    public static Optional<String> refusalApart(JobSpec spec) {
        if (spec.program() instanceof Program.Python) {
            return Optional.of("local clusters run SQL and jar jobs, not Python");
        }
        return SecretNames.ofPlainPlaces(spec).isEmpty()
                ? Optional.empty()
                : Optional.of("Flink shows configuration and arguments of a job to everyone who"
                        + " reaches it: found secrets there: "
                        + String.join(", ", SecretNames.ofPlainPlaces(spec)));
    }

    /**
     * The same job as files of its own for a cluster that runs nothing else. Fetches its artifacts on
     * the way.
     *
     * @param reserved keys that no job may change
     */
    public JarProgram prepareApart(
            JobSpec spec, FlinkRelease release, SortedMap<String, String> reserved)
            throws ArtifactFailure, IOException {
        List<Fetched> jars = new ArrayList<>();
        List<Fetched> dependencies = new ArrayList<>();
        for (Artifact dependency : spec.dependencies()) {
            dependencies.add(artifacts.find(dependency));
        }
        SortedMap<String, String> configuration = configuration(spec, reserved);
        Fetched own;
        String mainClass;
        List<String> arguments;
        if (spec.program() instanceof Program.Sql sql) {
            own = ArtifactFiles.own(runner);
            mainClass = MainClass.of(Optional.empty(), own);
            arguments = sqlArguments(sql, configuration, release);
        } else if (spec.program() instanceof Program.Jar program) {
            own = artifacts.find(program.artifact());
            MainClass.check(program.mainClass(), own, dependencies);
            mainClass = MainClass.of(program.mainClass(), own);
            arguments = program.args();
        } else {
            throw new IllegalStateException("a program that nobody refused: " + spec.key());
        }
        jars.add(own);
        jars.addAll(dependencies);
        Fetched entry = artifacts.find(ApplicationEntry.of(release));
        return new JarProgram(jars, entry, mainClass, arguments, configuration);
    }

    private static Submission submission(
            Fetched jar,
            Optional<String> mainClass,
            List<String> arguments,
            SortedMap<String, String> configuration) {
        return new Submission(jar.file(), jar.digest(), mainClass, arguments, configuration);
    }

    private static SortedMap<String, String> configuration(
            JobSpec spec, SortedMap<String, String> reserved) {
        TreeMap<String, String> configuration = new TreeMap<>();
        configuration.put("pipeline.name", spec.key().display());
        configuration.putAll(spec.configuration());
        configuration.putAll(reserved);
        return configuration;
    }

    /** Whether the job's configuration reaches the cluster: one of its own is made with it. */
    private static boolean isConfigured(JobSpec spec, FlinkRelease release) {
        return release.takesRunConfiguration() || spec.flink().mode() != FlinkTarget.Mode.SESSION;
    }

    /** What the cluster takes; of versions that take none with a job, the SQL runner is told all. */
    private static SortedMap<String, String> taken(
            SortedMap<String, String> configuration, JobSpec spec, FlinkRelease release) {
        return isConfigured(spec, release) ? configuration : new TreeMap<>();
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

    /** A text as the runner's arguments carry it. */
    public static String encode(String script) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(script.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(zipped.toByteArray());
    }
}
