// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import dev.sluice.drive.artifacts.CacheDirectory;
import dev.sluice.drive.artifacts.MavenLocation;
import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.artifacts.YarnJars;
import dev.sluice.drive.contract.DriverWorld;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.SampleJob.Placement;
import dev.sluice.drive.contract.Settling;
import dev.sluice.drive.isolation.Keytab;
import dev.sluice.drive.isolation.WorkerSettings;
import dev.sluice.drive.rest.StateFiles;
import dev.sluice.hadoop.HadoopCluster;
import dev.sluice.spec.ClusterBasics;
import dev.sluice.spec.FlinkTarget;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.Resources;
import dev.sluice.spec.Resources.Process;
import dev.sluice.spec.RuntimeOptions;
import dev.sluice.spec.observed.LiveJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A real YARN and HDFS, and a driver for them. */
final class YarnWorld implements DriverWorld {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String SESSION_MASTER = "YarnSessionClusterEntrypoint";
    private static final String APPLICATION_MASTER = "YarnApplicationClusterEntryPoint";
    private static final String PER_JOB_MASTER = "YarnJobClusterEntrypoint";
    private static final String COUNTING = """
            CREATE TABLE orders (shop INT, placed AS PROCTIME()) WITH (
              'connector' = 'datagen', 'rows-per-second' = '20',
              'fields.shop.min' = '1', 'fields.shop.max' = '4');
            CREATE TABLE counts (shop INT, orders BIGINT) WITH ('connector' = 'blackhole');
            INSERT INTO counts SELECT shop, COUNT(*) OVER (PARTITION BY shop ORDER BY placed
              ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM orders;
            """;
    private static final String NOT_COUNTING = """
            CREATE TABLE orders (shop INT) WITH ('connector' = 'datagen', 'rows-per-second' = '20');
            CREATE TABLE shops (shop INT) WITH ('connector' = 'blackhole');
            INSERT INTO shops SELECT shop FROM orders;
            """;

    private static final Placement APART = new Placement(
            FlinkTarget.Mode.APPLICATION,
            Process.UNSET,
            Process.UNSET,
            new TreeMap<>(),
            RuntimeOptions.NONE);

    private final Placement placement;
    private final Path directory;
    private final String version;
    private final Map<String, String> flink;
    private final HadoopCluster hadoop;
    private final Optional<Keytab> keytab;
    private final Identity identity;
    private final StateFiles state;
    private final List<SampleJob> made = new ArrayList<>();
    private YarnDriver driver;

    YarnWorld(Path directory, String version) throws Exception {
        this(directory, version, Map.of(), Map.of());
    }

    /**
     * @param more keys of {@code yarn-site.xml}
     * @param flink keys of Flink for all applications
     */
    YarnWorld(Path directory, String version, Map<String, String> more, Map<String, String> flink)
            throws Exception {
        this(directory, version, more, flink, APART);
    }

    /** Whose jobs go to one session cluster. */
    static YarnWorld shared(Path directory, String version) throws Exception {
        return new YarnWorld(directory, version, Map.of(), Map.of(), Placement.in("shared"));
    }

    /** Whose jobs are compiled here, and have an application each. */
    static YarnWorld perJob(Path directory, String version) throws Exception {
        Placement placement = new Placement(
                FlinkTarget.Mode.PER_JOB,
                Process.UNSET,
                Process.UNSET,
                new TreeMap<>(),
                RuntimeOptions.NONE);
        return new YarnWorld(directory, version, Map.of(), Map.of(), placement);
    }

    /** Behind Kerberos, whose principal and keytab its driver has. */
    static YarnWorld secured(Path directory, String version) throws Exception {
        HadoopCluster hadoop = HadoopCluster.startSecured(
                directory.resolve("hadoop"),
                location(),
                new YarnJars(location()).client(Progress.SILENT));
        Keytab keytab = new Keytab(
                hadoop.kdc().principal(),
                hadoop.kdc().keytab(),
                Optional.of(hadoop.kdc().krb5Conf()));
        return new YarnWorld(directory, version, hadoop, Optional.of(keytab), Map.of(), APART);
    }

    private YarnWorld(
            Path directory,
            String version,
            Map<String, String> more,
            Map<String, String> flink,
            Placement placement)
            throws Exception {
        this(
                directory,
                version,
                HadoopCluster.start(
                        directory.resolve("hadoop"),
                        location(),
                        new YarnJars(location()).client(Progress.SILENT),
                        more),
                Optional.empty(),
                flink,
                placement);
    }

    private YarnWorld(
            Path directory,
            String version,
            HadoopCluster hadoop,
            Optional<Keytab> keytab,
            Map<String, String> flink,
            Placement placement)
            throws Exception {
        this.placement = placement;
        this.flink = Map.copyOf(flink);
        this.directory = directory;
        this.version = version;
        this.hadoop = hadoop;
        this.keytab = keytab;
        this.identity = keytab.isPresent()
                ? KerberosIdentity.open(keytab.get(), Clock.systemUTC())
                : Identity.ANYBODY;
        List<URI> nameNodes = new Addresses(HadoopConfiguration.read(hadoop.configuration()))
                .nameNodes(stateDirectory());
        this.state = keytab.isPresent()
                ? new WebHdfs(stateDirectory(), nameNodes, identity)
                : new WebHdfs(stateDirectory(), nameNodes, System.getProperty("user.name"));
        this.driver = open();
    }

    private Reports reports() {
        return new Reports(List.of(hadoop.resourceManager()), identity);
    }

    HadoopCluster hadoop() {
        return hadoop;
    }

    /** The same job on another version of Flink. */
    SampleJob job(String name, String flink) {
        JobKey key = new JobKey("repo", "test", "shop", name);
        SampleJob job = new SampleJob(key, flink, COUNTING, 2, placement);
        made.add(job);
        return job;
    }

    /** The jobs since this was asked last. */
    List<SampleJob> made() {
        List<SampleJob> jobs = List.copyOf(made);
        made.clear();
        return jobs;
    }

    List<Application> applications(SampleJob job) {
        try {
            return reports().tagged(Tags.job(job.key()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends whatever still runs, so that the next test finds room. */
    void clear() {
        try {
            for (Application left : reports().tagged(Tags.PRODUCT)) {
                if (!left.state().isFinal()) {
                    kill(left.id());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The URL of a file that is made in the state directory. */
    String put(String file, String text) throws IOException {
        state.create(file, text.getBytes(StandardCharsets.UTF_8));
        return state.url(file);
    }

    /** Session clusters that have not ended. */
    List<Application> sessions() {
        try {
            return reports().tagged(Tags.PRODUCT).stream()
                    .filter(Tags::isSession)
                    .filter(application -> !application.state().isFinal())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a person with a terminal does. */
    void kill(String application) {
        hadoop.kill(application);
    }

    @Override
    public YarnDriver driver() {
        return driver;
    }

    @Override
    public SampleJob job(String name) {
        return job(name, version);
    }

    @Override
    public SampleJob incompatible(SampleJob job) {
        return job.withSql(NOT_COUNTING);
    }

    @Override
    public void advance(SampleJob job, int attempt) {
        long before = checkpoints(job, attempt);
        Settling.until(PATIENCE, () -> checkpoints(job, attempt), now -> now > before);
    }

    @Override
    public void restartController() {
        driver.close();
        driver = open();
    }

    /** Of every application that runs; none comes back, because no master is tried twice. */
    @Override
    public void killJobManager() {
        String master = isShared()
                ? SESSION_MASTER
                : placement.mode() == FlinkTarget.Mode.PER_JOB
                        ? PER_JOB_MASTER
                        : APPLICATION_MASTER;
        hadoop.containers(master).forEach(ProcessHandle::destroyForcibly);
    }

    /**
     * Masters of applications and session clusters stand still: they answer nobody.
     *
     * @return how many processes
     */
    int freeze() throws IOException {
        signal("STOP");
        return hadoop.containers(SESSION_MASTER).size()
                + hadoop.containers(APPLICATION_MASTER).size();
    }

    /** They go on as if nothing had been. */
    void thaw() throws IOException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException {
        hadoop.signal(SESSION_MASTER, signal);
        hadoop.signal(APPLICATION_MASTER, signal);
    }

    /** A file stands where the directory should be. */
    @Override
    public void blockDirectory(String name) {
        try {
            state.create("savepoints/" + name, "in the way".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A per-job cluster refuses: it has nowhere to keep what is wanted of its job from then on. */
    @Override
    public boolean isAdaptive() {
        return placement.mode() != FlinkTarget.Mode.PER_JOB;
    }

    @Override
    public boolean isShared() {
        return placement.mode() == FlinkTarget.Mode.SESSION;
    }

    @Override
    public void close() {
        driver.close();
        hadoop.close();
    }

    private long checkpoints(SampleJob job, int attempt) {
        JobId id = JobId.of(job.key(), attempt);
        return driver.observe(Map.of(id, attempt)).jobs().stream()
                .filter(live -> live.id().equals(id))
                .map(LiveJob::detail)
                .flatMap(Optional::stream)
                .mapToLong(detail -> detail.completedCheckpoints())
                .sum();
    }

    private URI stateDirectory() {
        return URI.create(hadoop.fileSystem() + "/sluice");
    }

    private YarnDriver open() {
        try {
            return YarnDriver.open(
                    new YarnOptions(
                            "yarn",
                            hadoop.configuration(),
                            keytab,
                            stateDirectory(),
                            new TreeMap<>(),
                            WorkerSettings.of(
                                    jar("worker", "flink-worker"),
                                    jar("runner", "flink-sql-runner")),
                            directory.resolve("driver"),
                            small(),
                            new TreeMap<>(Map.of(
                                    "shared",
                                    session(Map.of()),
                                    "narrow",
                                    session(Map.of("queue", "narrow"))))),
                    cache(),
                    location(),
                    Progress.SILENT,
                    Clock.systemUTC());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private ClusterBasics.Session session(Map<String, String> yarn) {
        Resources resources = new Resources(1, Process.UNSET, Process.UNSET, Optional.of(4));
        return new ClusterBasics.Session(version, resources, new TreeMap<>(yarn));
    }

    /** Containers that a small machine holds several of, and JVMs that start quickly. */
    private TreeMap<String, String> small() {
        TreeMap<String, String> keys = new TreeMap<>(flink);
        keys.put("env.java.opts.all", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
        keys.put("execution.checkpointing.interval", "1s");
        keys.put("jobmanager.scheduler", "adaptive");
        keys.put("jobmanager.memory.process.size", "768m");
        keys.put("jobmanager.memory.jvm-metaspace.size", "192m");
        keys.put("jobmanager.memory.jvm-overhead.min", "64m");
        keys.put("jobmanager.memory.off-heap.size", "64m");
        keys.put("taskmanager.memory.process.size", "768m");
        keys.put("taskmanager.memory.jvm-metaspace.size", "192m");
        keys.put("taskmanager.memory.jvm-overhead.min", "64m");
        keys.put("taskmanager.memory.managed.size", "64m");
        keys.put("taskmanager.memory.network.min", "32m");
        keys.put("taskmanager.memory.network.max", "32m");
        keys.put("taskmanager.numberOfTaskSlots", "4");
        return keys;
    }

    private static Path cache() {
        return CacheDirectory.of(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    private static MavenLocation location() {
        Map<String, String> properties = Map.of(
                "maven.repo.local", System.getProperty("maven.repo.local", ""),
                "sluice.maven.repository", System.getProperty("sluice.maven.repository", ""));
        return MavenLocation.of(
                properties, System.getenv(), Path.of(System.getProperty("user.home")));
    }

    private static Path jar(String module, String name) {
        Path folder = Path.of("..", module, "target").toAbsolutePath().normalize();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .matches(name + "-[^-]*(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "no " + name + " in " + folder + ": package it first"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
