// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.rest.StateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What jobs came to, as Flink's high availability wrote it down (JobResultStore, 1.15 to 2.3). It is the
 * only word on a job whose JobManager was started again after its end: that one knows nothing of it, and
 * runs nothing any more.
 */
final class JobResults {
    /** With a serialized exception in it. */
    private static final int MOST_BYTES = 4 << 20;

    /** The operator gives each deployment a folder of its own (FLINK-27569). */
    private static final String OF_THE_OPERATOR = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private static final String CAUSED_BY = "Caused by: ";

    private final StateFiles files;

    JobResults(StateFiles files) {
        this.files = requireNonNull(files, "files is null");
    }

    /**
     * @param isFailure not ended by itself and not cancelled
     * @param cause for people; empty when there is none
     */
    record Result(boolean isFailure, String cause) {}

    /** The end of the job of an attempt; empty as long as it has not ended. */
    Optional<Result> of(Attempt attempt) throws IOException {
        return in("ha/job-result-store/" + attempt.clusterId(), attempt);
    }

    private Optional<Result> in(String folder, Attempt attempt) throws IOException {
        Optional<Result> found = Optional.empty();
        for (String name : files.children(folder)) {
            if (found.isEmpty() && name.matches(attempt.id().hex() + "(_DIRTY)?\\.json")) {
                found = files.head(folder + "/" + name, MOST_BYTES).map(JobResults::read);
            }
            if (found.isEmpty() && name.matches(OF_THE_OPERATOR)) {
                found = in(folder + "/" + name, attempt);
            }
        }
        return found;
    }

    private static Result read(StateFiles.Head head) {
        try {
            JsonNode result =
                    Json.read(new String(head.bytes(), StandardCharsets.UTF_8)).path("result");
            String trace = result.path("failure-cause").path("stack-trace").asString("");
            boolean isFailure = result.path("application-status").asString("").equals("FAILED");
            return new Result(isFailure, root(trace));
        } catch (JacksonException unreadable) {
            return new Result(false, "");
        }
    }

    /** The innermost cause of a stack trace, without its class. */
    private static String root(String trace) {
        String last = trace.lines()
                .filter(line -> line.startsWith(CAUSED_BY))
                .map(line -> line.substring(CAUSED_BY.length()))
                .reduce(trace.lines().findFirst().orElse("the job failed"), (one, other) -> other);
        return last.replaceFirst("^[\\w.$]+: ", "");
    }
}
