// SPDX-License-Identifier: Apache-2.0
package dev.sluice.plan;

import dev.sluice.plan.change.ChangeClass;
import dev.sluice.plan.change.FieldChange;
import dev.sluice.spec.EffectiveJob;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Program;
import dev.sluice.spec.rule.Vulnerability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Warnings about a plan that nothing in it forbids: what Flink does not promise of the state, what a
 * spec lets it drop, how long the job will be away, and weaknesses of the Flink version.
 */
public final class Remarks {
    private static final String NO_UIDS = "pipeline.auto-generate-uids";

    /** A Kafka sink without a word of its own (KafkaSinkBuilder of the connector, since 1.0). */
    private static final Duration KAFKA_DEFAULT = Duration.ofHours(1);

    private static final Pattern EXACTLY_ONCE = Pattern.compile(
            "'sink\\.delivery-guarantee'\\s*=\\s*'exactly-once'", Pattern.CASE_INSENSITIVE);
    private static final Pattern TIMEOUT =
            Pattern.compile("'properties\\.transaction\\.timeout\\.ms'\\s*=\\s*'([0-9]{1,12})'");

    private final List<Vulnerability> weaknesses;

    /** @param weaknesses the published weaknesses of Flink that are known */
    public Remarks(List<Vulnerability> weaknesses) {
        this.weaknesses = List.copyOf(weaknesses);
    }

    /** The remarks, a line each; of a job that neither starts nor restarts what has no effect. */
    public List<String> of(JobPlan plan, Facts facts) {
        List<String> remarks = new ArrayList<>(withoutEffect(plan, facts));
        boolean starts = plan.symbol() == JobPlan.Symbol.START
                || plan.symbol() == JobPlan.Symbol.REPLACE
                || plan.symbol() == JobPlan.Symbol.HOLD;
        if (!starts || facts.wanted().isEmpty()) {
            return List.copyOf(remarks);
        }
        JobSpec wanted = facts.wanted().get().spec();
        if (plan.symbol() != JobPlan.Symbol.START && !isGivenUp(plan)) {
            state(plan, facts, wanted, remarks);
        }
        if (plan.symbol() == JobPlan.Symbol.REPLACE) {
            downtime(facts.downtimes()).ifPresent(remarks::add);
            transactions(facts.downtimes(), wanted).ifPresent(remarks::add);
        }
        if (plan.symbol() == JobPlan.Symbol.START || has(plan, "flink.version")) {
            weaknesses.stream()
                    .filter(weakness -> weakness.affects(wanted.flink().version()))
                    .map(weakness -> text(weakness, wanted.flink().version()))
                    .forEach(remarks::add);
        }
        return List.copyOf(remarks);
    }

    private static List<String> withoutEffect(JobPlan plan, Facts facts) {
        boolean isShared = facts.wanted()
                .filter(job -> !JobShape.hasOwnCluster(job.spec()))
                .isPresent();
        return isShared
                ? plan.fields().stream()
                        .filter(field -> field.change() == ChangeClass.LIVE)
                        .map(field -> field.field() + " has no effect in a session cluster,"
                                + " whose processes serve other jobs too")
                        .toList()
                : List.of();
    }

    private static void state(JobPlan plan, Facts facts, JobSpec wanted, List<String> remarks) {
        if (has(plan, "flink.cluster")) {
            remarks.add("where cluster " + wanted.flink().cluster() + " cannot read the savepoint,"
                    + " it is copied there first, while the job is down");
        }
        if (has(plan, "resources.parallelism") && isChained(facts, wanted) && !hasUids(wanted)) {
            remarks.add(
                    "between parallelism 1 and more operators chain otherwise, and Flink derives"
                            + " other ids for those that have none of their own; where it does, it refuses"
                            + " the state, and the job waits for the old parallelism");
        }
        boolean isSql = wanted.program() instanceof Program.Sql;
        if (has(plan, "flink.version")) {
            version(facts, wanted, isSql).ifPresent(remarks::add);
        }
        if (isSql && has(plan, "sql")) {
            remarks.add("the state fits only where Flink plans the changed script with the same"
                    + " operators; else it refuses the state at the start");
        }
        if (has(plan, "jar.artifact") && !hasUids(wanted)) {
            remarks.add("operators without ids of their own lose their place in the state when the"
                    + " graph changes; " + NO_UIDS + ": \"false\" lets Flink refuse such a jar");
        }
        if (wanted.upgrade().allowNonRestoredState()) {
            remarks.add("state that has no place in the new graph is dropped without an error"
                    + " (upgrade.allowNonRestoredState)");
        }
    }

    private static Optional<String> version(Facts facts, JobSpec wanted, boolean isSql) {
        Optional<String> before = facts.running().map(job -> JobShape.major(job.spec()));
        boolean isMajor =
                before.filter(major -> !major.equals(JobShape.major(wanted))).isPresent();
        if (isMajor) {
            return Optional.of("Flink promises no state across this change (notPortable); when the"
                    + " new version refuses the savepoint, the old one is started from it again");
        }
        return isSql
                ? Optional.of("Flink promises a SQL job's state within one minor version only; when"
                        + " the new version refuses the savepoint, the old one is started from it"
                        + " again")
                : Optional.empty();
    }

    private static Optional<String> downtime(List<Duration> earlier) {
        if (earlier.isEmpty()) {
            return Optional.empty();
        }
        List<Duration> sorted = earlier.stream().sorted().toList();
        Duration median = sorted.get(sorted.size() / 2);
        Duration longest = sorted.get(sorted.size() - 1);
        return Optional.of("expected downtime " + text(median) + ", at most " + text(longest)
                + " in " + sorted.size() + " earlier restarts");
    }

    /** Kafka ends a transaction that stays open longer, and with it what was not committed yet. */
    private static Optional<String> transactions(List<Duration> downtimes, JobSpec wanted) {
        boolean isExactlyOnce = wanted.program() instanceof Program.Sql sql
                && EXACTLY_ONCE.matcher(sql.text()).find();
        if (!isExactlyOnce) {
            return Optional.empty();
        }
        Matcher matcher = TIMEOUT.matcher(((Program.Sql) wanted.program()).text());
        Duration shortest = KAFKA_DEFAULT;
        while (matcher.find()) {
            Duration said = Duration.ofMillis(Long.parseLong(matcher.group(1)));
            shortest = said.compareTo(shortest) < 0 ? said : shortest;
        }
        Duration bound = shortest;
        boolean isShort = downtimes.stream().anyMatch(took -> took.compareTo(bound) >= 0);
        return Optional.of("a sink writes exactly once: what a failed stop left uncommitted is lost"
                + " after " + text(bound) + " (transaction.timeout.ms, and at most the broker's)"
                + (isShort ? "; earlier restarts took longer" : ""));
    }

    private static boolean isGivenUp(JobPlan plan) {
        return plan.fields().stream()
                .anyMatch(field ->
                        field.field().equals("restore") && !field.after().isEmpty());
    }

    private static boolean isChained(Facts facts, JobSpec wanted) {
        int before = facts.running()
                .map(EffectiveJob::spec)
                .map(spec -> spec.resources().parallelism())
                .orElse(wanted.resources().parallelism());
        return before == 1 || wanted.resources().parallelism() == 1;
    }

    /** Flink itself checks that every operator of a jar has an id; a SQL script cannot give any. */
    private static boolean hasUids(JobSpec spec) {
        return spec.program() instanceof Program.Jar
                && "false".equalsIgnoreCase(spec.configuration().getOrDefault(NO_UIDS, "true"));
    }

    private static boolean has(JobPlan plan, String field) {
        return plan.fields().stream().map(FieldChange::field).anyMatch(field::equals);
    }

    private static String text(Vulnerability weakness, String version) {
        String fix = weakness.fixFor(version)
                .map(patch -> "fixed in " + patch)
                .orElse("not fixed in any release of " + version);
        return "Flink " + version + " has " + weakness.id() + ": " + weakness.summary() + "; "
                + fix;
    }

    private static String text(Duration duration) {
        return duration.toMinutes() < 2
                ? duration.toSeconds() + " s"
                : duration.toHours() < 2
                        ? duration.toMinutes() + " min"
                        : duration.toHours() + " h";
    }
}
