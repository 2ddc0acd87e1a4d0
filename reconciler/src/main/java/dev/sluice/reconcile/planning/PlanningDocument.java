// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.planning;

import static java.util.Objects.requireNonNull;

import dev.sluice.reconcile.journal.JournalException;
import dev.sluice.reconcile.journal.JournalJson;
import dev.sluice.reconcile.loop.BoardCopy;
import dev.sluice.spec.JobKey;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a plan is made from of what a running controller knows, as the JSON document that the status
 * page serves to {@code sluice plan --controller}. Its inner form is that of one version of Sluice.
 */
public final class PlanningDocument {
    private static final int FORMAT_VERSION = 1;

    private record Specs(SortedMap<String, String> texts) {
        Specs {
            requireNonNull(texts, "texts is null");
            texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
        }
    }

    private record Downs(JobKey job, List<Duration> downtimes) {
        Downs {
            requireNonNull(job, "job is null");
            downtimes = List.copyOf(downtimes);
        }
    }

    private PlanningDocument() {}

    /** Everything the board says of jobs and clusters. */
    public static String write(BoardCopy copy) {
        JournalJson json = new JournalJson();
        JournalJson.Encoded encoded = json.encode(copy);
        return "{\"formatVersion\":" + FORMAT_VERSION + ",\"board\":" + encoded.text()
                + ",\"specs\":" + json.encode(new Specs(encoded.specs())).text() + "}";
    }

    /** How long the earlier restarts of a job took, newest first. */
    public static String write(JobKey job, List<Duration> downtimes) {
        String text = new JournalJson().encode(new Downs(job, downtimes)).text();
        return "{\"formatVersion\":" + FORMAT_VERSION + ",\"restarts\":" + text + "}";
    }

    /** Reads what {@link #write(BoardCopy)} wrote; empty when the text is something else. */
    public static Optional<BoardCopy> board(String text) {
        try {
            JournalJson json = new JournalJson();
            JsonNode document = document(text);
            SortedMap<String, String> specs = json.decode(
                            document.path("specs").toString(), Specs.class, digest -> "")
                    .texts();
            return Optional.of(json.decode(
                    document.path("board").toString(),
                    BoardCopy.class,
                    digest -> specs.getOrDefault(digest.hex(), "")));
        } catch (JacksonException | JournalException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Reads what {@link #write(JobKey, List)} wrote; empty when the text is something else. */
    public static Optional<List<Duration>> downtimes(String text) {
        try {
            String restarts = document(text).path("restarts").toString();
            return Optional.of(new JournalJson()
                    .decode(restarts, Downs.class, digest -> "")
                    .downtimes());
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static JsonNode document(String text) {
        JsonNode document = new JsonMapper().readTree(text);
        if (document.path("formatVersion").asInt(0) != FORMAT_VERSION) {
            throw new IllegalArgumentException("not of this format");
        }
        return document;
    }
}
