// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.drive.contract.Requests;
import dev.sluice.drive.contract.SampleJob;
import dev.sluice.drive.contract.Settling;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.RestoreFrom;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret reaches the job and nothing else: no file that stays, no log, no answer of Flink. */
class SecretIT {
    private static final String NAME = "drowssap-yranac";

    @TempDir
    Path directory;

    @Test
    void aSecretReachesTheJobAndNothingElse() throws Exception {
        isNowhereOn("2.2");
    }

    @Test
    @Tag("full")
    void soItIsOnFlink120() throws Exception {
        isNowhereOn("1.20");
    }

    private void isNowhereOn(String version) throws Exception {
        String secret = LocalWorld.secret(NAME);
        assertEquals("it's-canary-password", secret);
        try (LocalWorld world = new LocalWorld(directory, version)) {
            SampleJob job = withOption(world, "'csv.null-literal' = '${secret:" + NAME + "}'");
            SampleJob broken = withOption(world, "'no-such-option' = '${secret:" + NAME + "}'");
            SampleJob absent = withOption(world, "'csv.null-literal' = '${secret:absent}'");

            Outcome staged = stage(world, job);
            Outcome started = start(world, job, 1);
            world.awaitRunning(job, 1);
            Outcome cancelled =
                    Settling.settle(() -> world.driver().cancel(Requests.cancel(job, 1)));
            Outcome refused = start(world, broken, 2);
            Outcome missing = world.driver().stage(Requests.stage(absent));

            assertEquals(Outcome.Done.class, staged.getClass(), staged::toString);
            assertEquals(Outcome.Done.class, started.getClass(), started::toString);
            assertEquals(Outcome.Done.class, cancelled.getClass(), cancelled::toString);
            String cause = assertInstanceOf(Outcome.Failed.class, refused).cause();
            assertTrue(cause.contains("no-such-option"), cause);
            assertTrue(missing.toString().contains("no secret 'absent'"), missing::toString);
            List<String> told = new ArrayList<>(
                    List.of(staged.toString(), started.toString(), refused.toString()));
            told.addAll(answers(world, JobId.of(job.key(), 1)));
            told.addAll(answers(world, JobId.of(broken.key(), 2)));
            told.addAll(texts());
            assertTrue(told.size() > 20, "places looked at: " + told.size());
            assertEquals(
                    List.of(),
                    told.stream()
                            .filter(text -> text.contains("canary-password"))
                            .toList());
        }
    }

    private static SampleJob withOption(LocalWorld world, String option) {
        SampleJob job = world.job("turnover");
        return job.withSql(job.sql().replace("'format' = 'csv'", "'format' = 'csv', " + option));
    }

    private static Outcome stage(LocalWorld world, SampleJob job) {
        return Settling.settle(() -> world.driver().stage(Requests.stage(job)));
    }

    private static Outcome start(LocalWorld world, SampleJob job, int attempt) {
        return Settling.settle(() -> world.driver()
                .start(Requests.start(job, attempt, new RestoreFrom.Empty("first start"))));
    }

    /** Everything that Flink's page shows of a job. */
    private static List<String> answers(LocalWorld world, JobId id) throws Exception {
        List<String> answers = new ArrayList<>();
        for (String path : List.of(
                "/config",
                "/jobmanager/config",
                "/jobmanager/environment",
                "/jobs/overview",
                "/jobs/" + id.hex(),
                "/jobs/" + id.hex() + "/config",
                "/jobs/" + id.hex() + "/plan",
                "/jobs/" + id.hex() + "/exceptions",
                "/jobs/" + id.hex() + "/checkpoints/config",
                "/jobs/" + id.hex() + "/jobmanager/config")) {
            HttpRequest request =
                    HttpRequest.newBuilder(world.page().resolve(path)).build();
            answers.add(HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body());
        }
        return answers;
    }

    /** Every file of the cluster but the state and what the job wrote; logs are among them. */
    private List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory.resolve("cluster"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.startsWith(directory.resolve("cluster").resolve("state"))) {
                    texts.add(Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return texts;
    }
}
