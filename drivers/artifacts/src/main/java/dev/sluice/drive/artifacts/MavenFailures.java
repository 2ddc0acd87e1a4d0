// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.artifacts;

import dev.sluice.drive.artifacts.ArtifactFailure.Reason;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.http.client.HttpResponseException;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.maven.model.building.ModelBuildingException;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.transfer.ArtifactNotFoundException;
import org.eclipse.aether.transfer.ArtifactTransferException;
import org.eclipse.aether.transfer.TransferCancelledException;

/** Says in our words why the resolver could not bring something. */
final class MavenFailures {
    private MavenFailures() {}

    /** The failure of several artifacts: that of the first one that failed. */
    static ArtifactFailure of(ArtifactResolutionException failure) {
        for (ArtifactResult result : failure.getResults()) {
            if (!result.isResolved()) {
                return of(
                        result.getRequest().getArtifact().toString(),
                        failure,
                        result.getExceptions());
            }
        }
        return of("artifacts", failure, List.of());
    }

    /**
     * @param what the artifact or what was asked of it
     * @param failures one for each repository that was asked; a repository that is out of reach counts
     *     more than one that has not got it, because it may have it
     */
    static ArtifactFailure of(String what, Exception thrown, List<Exception> failures) {
        Reason reason = Reason.NOT_FOUND;
        List<String> words = new ArrayList<>();
        for (Exception failure : failures.isEmpty() ? List.of(thrown) : failures) {
            Reason one = reason(failure);
            reason = one.compareTo(reason) > 0 ? one : reason;
            words.add(words(failure));
        }
        String detail = String.join("; ", words);
        return switch (reason) {
            case NOT_FOUND ->
                new ArtifactFailure(reason, what + " is in no repository: " + detail, thrown);
            case DENIED ->
                new ArtifactFailure(
                        reason,
                        "may not fetch " + what + ", check the credentials: " + detail,
                        thrown);
            case TIMED_OUT ->
                new ArtifactFailure(reason, "timed out fetching " + what + ": " + detail, thrown);
            case UNREACHABLE, UNUSABLE, OTHER_BYTES ->
                new ArtifactFailure(reason, "cannot fetch " + what + ": " + detail, thrown);
        };
    }

    private static Reason reason(Exception failure) {
        if (find(failure, ArtifactNotFoundException.class).isPresent()) {
            return Reason.NOT_FOUND;
        }
        Optional<HttpResponseException> answer = find(failure, HttpResponseException.class);
        if (answer.isPresent()) {
            int status = answer.get().getStatusCode();
            boolean denied = status == 401 || status == 403 || status == 407;
            return denied ? Reason.DENIED : Reason.UNREACHABLE;
        }
        if (find(failure, ModelBuildingException.class).isPresent()
                && find(failure, ArtifactTransferException.class).isEmpty()) {
            return Reason.UNUSABLE;
        }
        boolean slow = find(failure, SocketTimeoutException.class).isPresent()
                || find(failure, ConnectTimeoutException.class).isPresent()
                || find(failure, TransferCancelledException.class).isPresent();
        return slow ? Reason.TIMED_OUT : Reason.UNREACHABLE;
    }

    /** What was attempted, and what went wrong at the bottom of it. */
    private static String words(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String top = String.valueOf(failure.getMessage());
        String bottom = String.valueOf(root.getMessage()).replaceAll("\\s+", " ");
        return top.contains(bottom) ? top : top + ": " + bottom;
    }

    private static <T> Optional<T> find(Throwable failure, Class<T> type) {
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (type.isInstance(next)) {
                return Optional.of(type.cast(next));
            }
        }
        return Optional.empty();
    }
}
