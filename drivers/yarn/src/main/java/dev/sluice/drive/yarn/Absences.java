// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import dev.sluice.drive.ProofRequest;
import dev.sluice.drive.rest.RestFailure;
import dev.sluice.drive.yarn.JobManagers.Connection;
import dev.sluice.spec.JobId;
import dev.sluice.spec.observed.JobStatus;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.Proof.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Proof that no attempt of a job runs: every application with the job's tag is final, or its
 * JobManager says itself that the job has ended; and every session cluster that may have jobs of the
 * environment denies each attempt, or says that it has ended.
 */
final class Absences {
    private final Attempts attempts;
    private final Sessions sessions;
    private final JobManagers jobManagers;

    Absences(Attempts attempts, Sessions sessions, JobManagers jobManagers) {
        this.attempts = attempts;
        this.sessions = sessions;
        this.jobManagers = jobManagers;
    }

    Proof prove(ProofRequest request) {
        try {
            List<String> evidence = new ArrayList<>();
            for (Application living : attempts.living(request.key(), request.attempts())) {
                Optional<String> ended = ended(living);
                if (ended.isEmpty()) {
                    return new Proof(Verdict.PRESENT, List.of(living.words()));
                }
                evidence.add(ended.get());
            }
            evidence.add("every other application of the job is final");
            return shared(request, evidence);
        } catch (IOException | RestFailure e) {
            return new Proof(Verdict.UNKNOWN, List.of(e.getMessage()));
        }
    }

    private Proof shared(ProofRequest request, List<String> evidence) throws IOException {
        Verdict verdict = Verdict.ABSENT;
        for (Connection connection : sessions.answering(request.key())) {
            Proof proof = connection.session().proveAbsent(request.attempts());
            if (proof.verdict() == Verdict.PRESENT) {
                return proof;
            }
            verdict = proof.verdict() == Verdict.UNKNOWN ? Verdict.UNKNOWN : verdict;
            evidence.addAll(proof.evidence());
        }
        return new Proof(verdict, evidence);
    }

    private Optional<String> ended(Application living) throws RestFailure {
        Optional<Connection> connection = jobManagers.of(living);
        Optional<JobId> id = Tags.idOf(living);
        if (connection.isEmpty() || id.isEmpty()) {
            return Optional.empty();
        }
        Optional<JobStatus> status = connection.get().session().status(id.get());
        return status.filter(JobStatus::isGloballyTerminal)
                .map(last -> "the job of application " + living.id() + " is " + last);
    }
}
