// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.drive.artifacts.ArtifactFiles;
import dev.sluice.drive.artifacts.ExistingHome;
import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.artifacts.FlinkHomes;
import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.artifacts.HomeAssembly;
import dev.sluice.drive.artifacts.HomeInspection;
import dev.sluice.drive.artifacts.MainClass;
import dev.sluice.drive.artifacts.MavenLocation;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.rest.FileStateStorage;
import dev.sluice.drive.rest.Submission;
import dev.sluice.drive.session.Preparations;
import dev.sluice.drive.session.SecretNames;
import dev.sluice.drive.session.StateKeys;
import dev.sluice.drive.session.Submissions;
import dev.sluice.spec.ClusterBasics;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.rule.FlinkVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** From Maven, from folders, and to the distributed file system. */
final class Preparation implements Preparing, AutoCloseable {
    /** Versions whose client takes what it ships from its own machine only (YarnConfigOptions). */
    private static final List<String> SHIP_LOCAL_FILES = List.of("1.15", "1.16", "1.17", "1.18");

    private final YarnOptions options;
    private final FlinkReleases releases = FlinkReleases.bundled();
    private final HomeAssembly homes;
    private final Preparations preparations;
    private final Libraries libraries;
    private final FileStateStorage storage;

    Preparation(
            YarnOptions options,
            Path cache,
            MavenLocation maven,
            Libraries libraries,
            FileStateStorage storage,
            Progress progress,
            Clock clock) {
        this.options = options;
        this.homes = new HomeAssembly(new FlinkHomes(cache, maven), progress);
        this.preparations = new Preparations(
                new Submissions(
                        new ArtifactFiles(cache, maven, progress),
                        options.workers().runnerJar()),
                clock);
        this.libraries = libraries;
        this.storage = storage;
    }

    /** Why a job cannot run here, however often it is tried. */
    Optional<String> refusal(JobSpec spec) {
        String version = spec.flink().version();
        Optional<FlinkRelease> release = releases.find(version);
        if (release.isEmpty()) {
            return Optional.of(
                    "Flink " + version + " is not known; known are " + releases.minors());
        }
        if (isPerJob(spec) && !FlinkVersions.hasPerJob(version)) {
            return Optional.of("Flink " + version + " has no per-job mode, which 2.0 removed;"
                    + " set 'flink: {mode: application}'");
        }
        if (spec.flink().mode() == FlinkTarget.Mode.SESSION && session(spec).isEmpty()) {
            return Optional.of("cluster " + options.cluster() + " declares no session cluster '"
                    + spec.flink().session().orElse("") + "' with Flink " + version);
        }
        if (spec.runtime().shipsFiles() && SHIP_LOCAL_FILES.contains(version)) {
            return Optional.of("Flink " + version + " brings no files of HDFS to its containers:"
                    + " use Flink 1.19 or later, or leave out yarn.shipFiles");
        }
        if (!SecretNames.ofSql(spec).isEmpty()) {
            return Optional.of("the SQL refers to secrets " + SecretNames.ofSql(spec)
                    + ", and this version of Sluice brings no secrets to YARN");
        }
        return Submissions.refusal(spec, release.get());
    }

    static boolean isPerJob(JobSpec spec) {
        return spec.flink().mode() == FlinkTarget.Mode.PER_JOB;
    }

    /** The session cluster that a job names, as the cluster entry declares it. */
    private Optional<ClusterBasics.Session> session(JobSpec spec) {
        return spec.flink()
                .session()
                .map(options.sessions()::get)
                .filter(session -> session.version().equals(spec.flink().version()));
    }

    @Override
    public Optional<Prepared> prepare(JobSpec spec) throws ArtifactFailure, IOException {
        FlinkHome home = home(spec.flink().version());
        SortedMap<String, String> stateKeys = StateKeys.of(home.release(), storage);
        Optional<Submission> submission = preparations.shared(spec, home.release(), stateKeys);
        Optional<String> lib = libraries.bring(home);
        return submission.isPresent() && lib.isPresent()
                ? Optional.of(prepared(home, submission.get(), lib.get(), stateKeys))
                : Optional.empty();
    }

    private static Prepared prepared(
            FlinkHome home, Submission submission, String lib, SortedMap<String, String> stateKeys)
            throws ArtifactFailure, IOException {
        Optional<String> mainClass = submission.mainClass().isPresent()
                ? submission.mainClass()
                : MainClass.manifest(submission.jar());
        return new Prepared(home, submission, mainClass.orElse(""), lib, stateKeys);
    }

    @Override
    public FlinkHome home(String version) throws ArtifactFailure {
        FlinkRelease release = release(version);
        Path folder = options.homes().get(release.minor());
        return folder == null
                ? assembled(release).orElseThrow(() -> new ArtifactFailure(true, fetched(release)))
                : own(folder, release);
    }

    private static FlinkHome own(Path folder, FlinkRelease release) throws ArtifactFailure {
        HomeInspection inspection = ExistingHome.inspect(folder, release);
        FlinkHome home = inspection
                .home()
                .orElseThrow(
                        () -> new ArtifactFailure(true, inspection.findings().toString()));
        if (!hasDistribution(home.lib())) {
            throw new ArtifactFailure(
                    true,
                    "no flink-dist-*.jar in " + home.lib() + ", which YARN needs: unpack Apache's"
                            + " Flink there, or leave it out of flinkHomes, and Sluice brings one");
        }
        return home;
    }

    private static boolean hasDistribution(Path lib) throws ArtifactFailure {
        try (Stream<Path> files = Files.list(lib)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith("flink-dist-"));
        } catch (IOException e) {
            throw new ArtifactFailure(true, "cannot read " + lib + ": " + e, e);
        }
    }

    /** Begins to fetch what is missing, in the background; a failure is thrown once. */
    private Optional<FlinkHome> assembled(FlinkRelease release) throws ArtifactFailure {
        return homes.home(FlinkReleases.withYarn(release));
    }

    /** What a version still waits for, so that no step waits for a download. */
    Optional<String> waitsFor(String version) throws ArtifactFailure {
        FlinkRelease release = release(version);
        return options.homes().containsKey(release.minor())
                        || assembled(release).isPresent()
                ? Optional.empty()
                : Optional.of(fetched(release));
    }

    private static String fetched(FlinkRelease release) {
        return "Flink " + release.patch() + " is being put together";
    }

    private FlinkRelease release(String version) throws ArtifactFailure {
        return releases.find(version)
                .orElseThrow(() -> new ArtifactFailure(
                        false, "Flink " + version + " is not known", new IOException(version)));
    }

    @Override
    public void close() {
        preparations.close();
        libraries.close();
        homes.close();
    }
}
