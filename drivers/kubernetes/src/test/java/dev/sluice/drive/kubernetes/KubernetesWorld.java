// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import dev.sluice.drive.artifacts.Progress;
import dev.sluice.drive.contract.DriverWorld;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.SampleJob.Placement;
import dev.sluice.drive.contract.Settling;
import dev.sluice.drive.isolation.WorkerSettings;
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

/** Real pods in a namespace of their own. */
final class KubernetesWorld implements DriverWorld {
    private static final String USUAL_VERSION = "1.20";
    /** The newest that the operator of the tests supports. */
    private static final String OPERATED_VERSION = "1.18";

    private static final String SESSION = "shared";
    static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String SOURCE = "CREATE TEMPORARY TABLE orders (shop INT, amount INT) WITH"
            + " ('connector' = 'datagen', 'rows-per-second' = '20', 'fields.shop.min' = '1',"
            + " 'fields.shop.max' = '3');\n"
            + "CREATE TEMPORARY TABLE turnover (shop INT, orders BIGINT) WITH"
            + " ('connector' = 'blackhole');\n";

    private final String version;
    private final boolean isShared;
    private final Map<String, String> usual;
    private final List<SampleJob> made = new ArrayList<>();
    private final Path state;
    private final Path directory;
    private final Tenant tenant;
    private final KubernetesOptions options;
    private KubernetesDriver driver;
    private Optional<TestOperator> operator = Optional.empty();

    KubernetesWorld(Path directory) {
        this(directory, USUAL_VERSION);
    }

    KubernetesWorld(Path directory, String version) {
        this(directory, version, false, Map.of());
    }

    /** Whose jobs go to one session cluster. */
    static KubernetesWorld shared(Path directory) {
        return new KubernetesWorld(directory, USUAL_VERSION, true, Map.of());
    }

    /** Whose jobs the Flink Kubernetes Operator runs. */
    static KubernetesWorld operated(Path directory) {
        KubernetesWorld world =
                new KubernetesWorld(directory, OPERATED_VERSION, false, Map.of("via", "operator"));
        world.tenant.admitOperator();
        world.operator = Optional.of(
                new TestOperator(TestCluster.find(), world.tenant, directory.resolve("operator")));
        return world;
    }

    private KubernetesWorld(
            Path directory, String version, boolean isShared, Map<String, String> usual) {
        this.isShared = isShared;
        this.usual = usual;
        TestCluster cluster = TestCluster.find();
        this.version = version;
        this.state = cluster.state();
        this.directory = directory;
        this.tenant = cluster.tenant();
        TreeMap<String, String> images = new TreeMap<>();
        images.put(version, cluster.image(version));
        // Of a version that is only ever refused.
        images.putIfAbsent(USUAL_VERSION, "localhost/none:1");
        this.options = new KubernetesOptions(
                "pods",
                tenant.name(),
                images,
                state,
                directory,
                workers(),
                new TreeMap<>(Map.of(SESSION, session())));
        this.driver = open();
    }

    @Override
    public KubernetesDriver driver() {
        return driver;
    }

    Tenant tenant() {
        return tenant;
    }

    /** A folder that is the same here and in the pods. */
    Path state() {
        return state;
    }

    TestOperator operator() {
        return operator.orElseThrow();
    }

    /** Of the pods. */
    String image() {
        return options.images().get(version);
    }

    @Override
    public SampleJob job(String name) {
        JobKey key = new JobKey("repo", "test", "shop", name);
        SampleJob job = new SampleJob(
                key,
                version,
                SOURCE + "INSERT INTO turnover SELECT shop, COUNT(*) FROM orders GROUP BY shop;",
                1,
                isShared ? Placement.in(SESSION) : placement(Map.of()));
        made.add(job);
        return job;
    }

    /** The jobs since this was asked last. */
    List<SampleJob> made() {
        List<SampleJob> jobs = List.copyOf(made);
        made.clear();
        return jobs;
    }

    private ClusterBasics.Session session() {
        Placement own = placement(Map.of());
        return new ClusterBasics.Session(
                version,
                new Resources(1, own.jobManager(), own.taskManager(), Optional.of(4)),
                new TreeMap<>(),
                own.runtime().kubernetes(),
                own.configuration());
    }

    Placement placement(Map<String, String> more) {
        TreeMap<String, String> configuration = new TreeMap<>();
        configuration.put("execution.checkpointing.interval", "1s");
        configuration.put("kubernetes.jobmanager.cpu.limit-factor", "20");
        configuration.put("kubernetes.taskmanager.cpu.limit-factor", "20");
        TreeMap<String, String> kubernetes = new TreeMap<>();
        kubernetes.put("serviceAccount", Tenant.JOBS);
        kubernetes.put("podTemplate", template());
        kubernetes.putAll(usual);
        kubernetes.putAll(more);
        return new Placement(
                FlinkTarget.Mode.APPLICATION,
                new Process(Optional.of("1g"), Optional.of(0.1)),
                new Process(Optional.of("1g"), Optional.of(0.1)),
                configuration,
                new RuntimeOptions(kubernetes, new TreeMap<>()));
    }

    /** The state directory, which is a folder of the node. */
    String template() {
        return "{\"spec\": {\"dnsPolicy\": \"Default\", \"containers\": [{\"name\":"
                + " \"flink-main-container\", \"volumeMounts\": [{\"name\": \"state\","
                + " \"mountPath\": \"" + state + "\"}]}], \"volumes\": [{\"name\": \"state\","
                + " \"hostPath\": {\"path\": \"" + state + "\", \"type\": \"Directory\"}}]}}";
    }

    @Override
    public SampleJob incompatible(SampleJob job) {
        return job.withSql(
                SOURCE + "INSERT INTO turnover SELECT shop, CAST(amount AS BIGINT) FROM orders;");
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

    /** Every cluster is lost, as with its namespace; what is on storage stays. */
    @Override
    public void killJobManager() {
        tenant.deleteDeployments();
    }

    @Override
    public void blockDirectory(String name) {
        Path blocked = state.resolve("savepoints").resolve(name);
        try {
            Files.createDirectories(blocked.getParent());
            for (Path parent = blocked.getParent();
                    parent.startsWith(state);
                    parent = parent.getParent()) {
                Files.setPosixFilePermissions(parent, TestCluster.EVERYBODY);
            }
            Files.writeString(blocked, "in the way");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isAdaptive() {
        return false;
    }

    @Override
    public boolean isShared() {
        return isShared;
    }

    Optional<LiveJob> live(SampleJob job, int attempt) {
        JobId id = JobId.of(job.key(), attempt);
        return driver.observe(Map.of(id, attempt)).jobs().stream()
                .filter(seen -> seen.id().equals(id) && seen.detail().isPresent())
                .findFirst();
    }

    private long checkpoints(SampleJob job, int attempt) {
        return live(job, attempt)
                .map(seen -> seen.detail().get().completedCheckpoints())
                .orElse(0L);
    }

    @Override
    public void close() {
        driver.close();
        operator.ifPresent(running -> {
            tenant.deleteOperated();
            running.close();
        });
        tenant.close();
    }

    private KubernetesDriver open() {
        return open(options);
    }

    /** A driver that reaches the API server by another address. */
    KubernetesDriver through(URI address) {
        KubeAccess access = tenant.controller();
        return open(
                options, new KubeAccess(address, access.tls(), access.token(), access.tokenFile()));
    }

    /** A driver whose cluster entry names another image. */
    KubernetesDriver withImage(String image) {
        TreeMap<String, String> images = new TreeMap<>();
        images.put(version, image);
        return open(new KubernetesOptions(
                options.cluster(),
                options.namespace(),
                images,
                state,
                directory,
                options.workers(),
                options.sessions()));
    }

    private KubernetesDriver open(KubernetesOptions opened) {
        return open(opened, tenant.controller());
    }

    private static KubernetesDriver open(KubernetesOptions opened, KubeAccess access) {
        return new KubernetesDriver(
                opened,
                access,
                TestCluster.cache(),
                TestCluster.maven(),
                Progress.SILENT,
                Clock.systemUTC());
    }

    static WorkerSettings workers() {
        return WorkerSettings.of(jar("worker", "flink-worker"), jar("runner", "flink-sql-runner"));
    }

    private static Path jar(String module, String artifact) {
        Path folder = Path.of("..", module, "target").toAbsolutePath().normalize();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .matches(artifact + "-[^-]*(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "no " + artifact + " in " + folder + ": package it first"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
