// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.artifacts.ArtifactFailure;
import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.rest.Submission;
import dev.sluice.spec.JobSpec;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Brings together what an application needs before it is submitted. */
interface Preparing {
    /** What a step says that waits for this. */
    String DOING = "jars are being fetched, checked and brought to HDFS";

    /**
     * Everything at hand.
     *
     * @param mainClass as named by the job or by its jar
     * @param libraries URL of the folder with Flink's jars
     * @param stateKeys configuration that keeps state where it is found again
     */
    record Prepared(
            FlinkHome home,
            Submission submission,
            String mainClass,
            String libraries,
            SortedMap<String, String> stateKeys) {
        public Prepared {
            requireNonNull(home, "home is null");
            requireNonNull(submission, "submission is null");
            requireNonNull(mainClass, "mainClass is null");
            requireNonNull(libraries, "libraries is null");
            stateKeys = Collections.unmodifiableSortedMap(new TreeMap<>(stateKeys));
        }
    }

    /** Empty while jars of the job are being fetched, or those of Flink brought there. */
    Optional<Prepared> prepare(JobSpec spec) throws ArtifactFailure, IOException;

    /** The home of a version, with what YARN needs in it. */
    FlinkHome home(String version) throws ArtifactFailure;
}
