// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.yarn;

import dev.sluice.drive.artifacts.FlinkHome;
import dev.sluice.drive.artifacts.FlinkReleases;
import dev.sluice.drive.rest.Submission;
import dev.sluice.drive.yarn.Preparing.Prepared;
import dev.sluice.spec.Digest;
import dev.sluice.spec.JobSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What a submission needs, where nothing has to be fetched. */
record Ready(Path folder) implements Preparing {
    @Override
    public Optional<Prepared> prepare(JobSpec spec) {
        Submission submission = new Submission(
                folder.resolve("job.jar"),
                Digest.of("jar"),
                Optional.empty(),
                List.of(),
                new TreeMap<>());
        return Optional.of(new Prepared(
                home("1.20"), submission, "Main", "hdfs://names/flink/lib", new TreeMap<>()));
    }

    @Override
    public FlinkHome home(String version) {
        return new FlinkHome(FlinkReleases.bundled().find(version).orElseThrow(), folder);
    }
}
