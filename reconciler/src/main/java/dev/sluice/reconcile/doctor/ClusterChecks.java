// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.doctor;

import dev.sluice.drive.artifacts.ExistingHome;
import dev.sluice.drive.artifacts.FlinkHomes;
import dev.sluice.drive.artifacts.FlinkRelease;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.artifacts.HomeFinding;
import dev.sluice.drive.artifacts.HomeInspection;
import dev.sluice.drive.artifacts.JavaHomes;
import dev.sluice.drive.artifacts.LockedArtifact;
import dev.sluice.drive.yarn.YarnDriver;
import dev.sluice.drive.yarn.YarnOptions;
import dev.sluice.spec.Cluster;
import dev.sluice.spec.read.CommitReading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What a cluster needs where the controller runs, and what it says of itself. */
public final class ClusterChecks {
    private static final long MEGABYTE = 1_000_000;

    private final FlinkReleases releases = FlinkReleases.bundled();
    private final FlinkHomes homes;
    private final JavaHomes java;
    private final StandaloneChecks standalone;

    /** @param java what runs Flink that Sluice starts */
    public ClusterChecks(FlinkHomes homes, JavaHomes java, StandaloneChecks standalone) {
        this.homes = homes;
        this.java = java;
        this.standalone = standalone;
    }

    /** The checks of one cluster; the versions are those of its jobs and of its own entry. */
    List<Check> of(Cluster cluster, CommitReading reading) {
        String subject = "cluster " + cluster.name();
        if (cluster instanceof Cluster.Standalone known) {
            return standalone(subject, known);
        }
        if (cluster instanceof Cluster.Local local) {
            return local(subject, local, reading);
        }
        if (cluster instanceof Cluster.Yarn yarn) {
            return yarn(subject, yarn);
        }
        return List.of(unserved(subject, cluster));
    }

    private List<Check> local(String subject, Cluster.Local local, CommitReading reading) {
        List<Check> checks = new ArrayList<>();
        TreeSet<String> versions = new TreeSet<>(local.flinkHomes().keySet());
        reading.jobs().values().stream()
                .map(job -> job.spec().flink())
                .filter(flink -> flink.cluster().equals(local.name()))
                .forEach(flink -> versions.add(flink.version()));
        for (String version : versions) {
            Optional<FlinkRelease> release = releases.find(version);
            if (release.isEmpty()) {
                checks.add(unknown(subject, version));
                continue;
            }
            String one = subject + ", Flink " + version;
            checks.add(java(one, release.get()));
            String declared = local.flinkHomes().get(version);
            checks.addAll(
                    declared == null
                            ? List.of(assembled(one, release.get()))
                            : existing(one, declared, release.get()));
        }
        if (versions.isEmpty()) {
            checks.add(Check.ok(subject, "no job is on it yet"));
        }
        return checks;
    }

    /** Its own Java runs its Flink; the one here looks at programs. */
    private List<Check> standalone(String subject, Cluster.Standalone known) {
        List<Check> checks = new ArrayList<>(standalone.of(subject, known));
        releases.find(known.version())
                .flatMap(java::refusal)
                .map(why -> Check.warning(
                        subject,
                        "programs are not looked at before they are started there: " + why,
                        "install such a Java here, or name it in javaHomes"))
                .ifPresent(checks::add);
        return checks;
    }

    private Check java(String subject, FlinkRelease release) {
        return java.of(release)
                .map(path -> Check.ok(subject, "Java is " + path))
                .orElseGet(() -> Check.failed(
                        subject,
                        java.refusal(release).orElseThrow(),
                        "install such a Java, or name it in javaHomes"));
    }

    private Check assembled(String subject, FlinkRelease release) {
        long size = release.artifacts().stream().mapToLong(LockedArtifact::size).sum();
        return homes.ready(release)
                .map(home -> Check.ok(subject, release.patch() + " is in " + home.root()))
                .orElseGet(() -> Check.ok(
                        subject,
                        release.patch() + " is downloaded when it is needed, " + size / MEGABYTE
                                + " MB"));
    }

    private static List<Check> existing(String subject, String folder, FlinkRelease release) {
        List<Check> checks = new ArrayList<>();
        HomeInspection seen = ExistingHome.inspect(Path.of(folder), release);
        seen.home()
                .ifPresent(home -> checks.add(
                        Check.ok(subject, seen.patch().orElse("Flink") + " is in " + home.root())));
        for (HomeFinding finding : seen.findings()) {
            checks.add(
                    finding.isError()
                            ? Check.failed(subject, finding.text(), finding.next())
                            : Check.warning(subject, finding.text(), finding.next()));
        }
        return checks;
    }

    private List<Check> yarn(String subject, Cluster.Yarn yarn) {
        List<Check> checks = new ArrayList<>();
        Path site = Path.of(yarn.hadoopConfDir()).resolve("yarn-site.xml");
        if (!Files.isReadable(site)) {
            checks.add(Check.failed(
                    subject, "there is no " + site, "name the folder with yarn-site.xml"));
        }
        yarn.kerberos()
                .map(YarnOptions::keytab)
                .flatMap(YarnDriver::problem)
                .ifPresent(problem -> checks.add(
                        Check.failed(subject, problem, "see kerberos in docs/job-repository.md")));
        for (Map.Entry<String, String> home : yarn.flinkHomes().entrySet()) {
            checks.addAll(releases.find(home.getKey())
                    .map(release -> existing(
                            subject + ", Flink " + home.getKey(), home.getValue(), release))
                    .orElseGet(() -> List.of(unknown(subject, home.getKey()))));
        }
        String state = yarn.basics().stateDir().orElse("");
        checks.add(
                state.startsWith("hdfs://")
                        ? Check.ok(subject, "its configuration is in " + yarn.hadoopConfDir())
                        : Check.failed(
                                subject,
                                "stateDir is \"" + state + "\", and state of YARN lies on HDFS",
                                "write it as hdfs://nameservice/folder"));
        return checks;
    }

    private Check unknown(String subject, String version) {
        return Check.wrong(
                subject,
                "Flink " + version + " is not known",
                "use one of " + String.join(", ", releases.minors()));
    }

    private static Check unserved(String subject, Cluster cluster) {
        return Check.failed(
                subject,
                "this version of Sluice has no driver for clusters of kind " + cluster.kind(),
                "its jobs are shown as unknown and left alone");
    }
}
