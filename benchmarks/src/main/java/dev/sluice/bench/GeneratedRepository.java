// SPDX-License-Identifier: Apache-2.0
package dev.sluice.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * A job repository on a git server: jobs of 50 teams, two files each; every hundredth job uses the
 * shared variable {@code hot.rate}.
 */
final class GeneratedRepository implements AutoCloseable {
    static final String BRANCH = "test";
    private static final int TEAMS = 50;

    private final Path directory;
    private final Repository repository;
    private final DirCache index = DirCache.newInCore();
    private ObjectId head = ObjectId.zeroId();
    private int edits;

    private GeneratedRepository(Path directory, Repository repository) {
        this.directory = directory;
        this.repository = repository;
    }

    /** A bare repository with one commit of so many jobs. */
    static GeneratedRepository create(Path directory, int jobs)
            throws IOException, InterruptedException {
        return create(directory, files(jobs));
    }

    /** A bare repository with one commit of these files. */
    static GeneratedRepository create(Path directory, Map<String, String> files)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Repository repository = new FileRepositoryBuilder()
                .setGitDir(directory.toFile())
                .setBare()
                .build();
        repository.create(true);
        GeneratedRepository generated = new GeneratedRepository(directory, repository);
        generated.commit(files);
        // As servers do now and then: a fetch from loose objects measures the file system.
        ShellScript.git("-C", directory.toString(), "repack", "-a", "-d", "-q");
        return generated;
    }

    String url() {
        return directory.toAbsolutePath().toString();
    }

    /** The files of a job repository, by path. */
    static Map<String, String> files(int jobs) {
        Map<String, String> files = new TreeMap<>();
        files.put("sluice.yaml", "apiVersion: sluice/v1\nkind: Repository\nid: bench\n");
        files.put("environments/test/environment.yaml", """
                apiVersion: sluice/v1
                kind: Environment
                clusters: {main: {kind: local, stateDir: ./state}}
                defaults: {flink: {version: "1.20", cluster: main}}
                """);
        files.put("environments/test/variables.yaml", variables(1));
        for (int job = 0; job < jobs; job++) {
            files.put(file(job), job(job, 0));
            files.put(file(job).replace("job.yaml", "job.sql"), sql(job));
        }
        return files;
    }

    private static String variables(int rate) {
        return "apiVersion: sluice/v1\nkind: Variables\nvariables:\n"
                + "  hot.rate: {type: number, value: " + rate + "}\n";
    }

    private static String file(int job) {
        return "jobs/team-" + job % TEAMS + "/job-" + job + "/job.yaml";
    }

    private static String job(int job, int edit) {
        return """
                apiVersion: sluice/v1
                kind: Job
                name: job-%d
                team: team-%d
                owner: team-%d@example.com
                purpose: "copies rows, edit %d"
                criticality: normal
                sql: {file: job.sql}
                resources:
                  parallelism: 4
                  jobManager: {memory: 1g}
                  taskManager: {memory: 2g, slots: 2}
                configuration:
                  execution.checkpointing.interval: 30s
                  state.backend.type: rocksdb
                upgrade: {savepointTimeout: 10m, soak: 1m}
                """.formatted(job, job % TEAMS, job % TEAMS, edit);
    }

    private static String sql(int job) {
        String rate = job % 100 == 0 ? "${hot.rate}" : "1";
        return """
                CREATE TABLE source (id BIGINT, name STRING) WITH (
                  'connector' = 'datagen',
                  'rows-per-second' = '%s'
                );
                CREATE TABLE target (id BIGINT, name STRING) WITH ('connector' = 'blackhole');
                INSERT INTO target SELECT id, UPPER(name) FROM source WHERE id > %d;
                """.formatted(rate, job);
    }

    /** Changes so many job files, far from each other, in one commit. */
    void edit(int jobs, int changed) throws IOException {
        edits++;
        Map<String, String> files = new TreeMap<>();
        for (int i = 0; i < changed; i++) {
            int job = (int) ((long) i * jobs / changed + edits) % jobs;
            files.put(file(job), job(job, edits));
        }
        commit(files);
    }

    /** Changes the variable that every hundredth job uses. */
    void editVariable() throws IOException {
        edits++;
        commit(Map.of("environments/test/variables.yaml", variables(edits + 1)));
    }

    /** Adds these files, or replaces them, in one commit. */
    void commit(Map<String, String> files) throws IOException {
        Map<String, byte[]> bytes = new TreeMap<>();
        files.forEach((path, text) -> bytes.put(path, text.getBytes(UTF_8)));
        commitBytes(bytes);
    }

    /** The same with files that are not text. */
    void commitBytes(Map<String, byte[]> files) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            DirCacheEditor editor = index.editor();
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ObjectId blob = inserter.insert(Constants.OBJ_BLOB, file.getValue());
                editor.add(new Put(file.getKey(), blob));
            }
            editor.finish();
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(index.writeTree(inserter));
            if (!head.equals(ObjectId.zeroId())) {
                commit.setParentId(head);
            }
            PersonIdent person = new PersonIdent("bench", "bench@example.com");
            commit.setAuthor(person);
            commit.setCommitter(person);
            commit.setMessage("Edit " + edits);
            head = inserter.insert(commit);
            inserter.flush();
        }
        RefUpdate update = repository.updateRef(Constants.R_HEADS + BRANCH);
        update.setNewObjectId(head);
        update.forceUpdate();
    }

    private static final class Put extends DirCacheEditor.PathEdit {
        private final ObjectId blob;

        Put(String path, ObjectId blob) {
            super(path);
            this.blob = blob;
        }

        @Override
        public void apply(DirCacheEntry entry) {
            entry.setFileMode(FileMode.REGULAR_FILE);
            entry.setObjectId(blob);
        }
    }

    @Override
    public void close() {
        repository.close();
    }
}
