// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.planning;

import static java.util.Objects.requireNonNull;

import dev.sluice.plan.document.Plan;
import dev.sluice.plan.document.PlanJson;
import dev.sluice.reconcile.journal.JournalException;
import dev.sluice.reconcile.journal.JournalJson;
import dev.sluice.spec.Digest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;

/**
 * A plan with everything it was made from, as four lines of JSON:
 *
 * <pre>
 * 1  kind, format version, digest of lines 2 and 3
 * 2  the inputs; a specification stands there as its digest
 * 3  digest to text of each specification
 * 4  the plan, as {@link PlanJson} writes it
 * </pre>
 */
public final class SavedPlan {
    private static final String KIND = "sluice-plan";
    private static final int FORMAT_VERSION = 1;
    private static final int LINES = 4;

    private record Head(String kind, int formatVersion, Digest inputs) {
        Head {
            requireNonNull(kind, "kind is null");
            requireNonNull(inputs, "inputs is null");
        }
    }

    private record Specs(SortedMap<String, String> texts) {
        Specs {
            texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
        }
    }

    private final Head head;
    private final List<String> lines;

    private SavedPlan(Head head, List<String> lines) {
        this.head = head;
        this.lines = lines;
    }

    /** The text of the file. */
    public static String write(PlanInputs inputs, Plan plan) {
        JournalJson json = new JournalJson();
        JournalJson.Encoded encoded = json.encode(inputs);
        String specs = json.encode(new Specs(encoded.specs())).text();
        Digest digest = digest(encoded.text(), specs);
        String head = json.encode(new Head(KIND, FORMAT_VERSION, digest)).text();
        return head + "\n" + encoded.text() + "\n" + specs + "\n" + PlanJson.of(plan);
    }

    /** Reads what {@link #write} wrote; empty when the text is something else. */
    public static Optional<SavedPlan> read(String text) {
        List<String> lines = List.of(text.split("\n", -1));
        boolean hasLines = lines.size() == LINES + 1 && lines.get(LINES).isEmpty();
        return hasLines
                ? head(lines.get(0)).map(head -> new SavedPlan(head, lines))
                : Optional.empty();
    }

    private static Optional<Head> head(String line) {
        try {
            Head head = new JournalJson().decode(line, Head.class, digest -> "");
            return head.kind().equals(KIND) && head.formatVersion() == FORMAT_VERSION
                    ? Optional.of(head)
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Makes the plan again; what differs from the saved one, a line each, empty when nothing. */
    public List<String> replay() {
        List<String> differences = new ArrayList<>();
        if (!digest(lines.get(1), lines.get(2)).equals(head.inputs())) {
            differences.add("the inputs are not those that were saved");
        }
        try {
            String again = PlanJson.of(new Planning().plan(inputs()));
            differences.addAll(Differences.between(lines.get(LINES - 1) + "\n", again));
        } catch (JacksonException | JournalException | IllegalArgumentException e) {
            differences.add("the inputs cannot be read: " + e.getMessage());
        }
        return List.copyOf(differences);
    }

    private PlanInputs inputs() {
        JournalJson json = new JournalJson();
        SortedMap<String, String> specs =
                json.decode(lines.get(2), Specs.class, digest -> "").texts();
        return json.decode(lines.get(1), PlanInputs.class, digest -> text(specs, digest));
    }

    private static String text(SortedMap<String, String> specs, Digest digest) {
        String text = specs.getOrDefault(digest.hex(), "");
        if (!Digest.of(text).equals(digest)) {
            throw new IllegalArgumentException(
                    "the specification " + digest.brief() + " is missing or was changed");
        }
        return text;
    }

    private static Digest digest(String inputs, String specs) {
        return Digest.of(inputs + "\n" + specs);
    }
}
