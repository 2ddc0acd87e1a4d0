// SPDX-License-Identifier: Apache-2.0
package dev.sluice.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.flink.api.dag.Pipeline;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;

/**
 * Takes the place of a cluster: keeps what a program submits and says that it was accepted, so that
 * the program goes on and a second job is seen too.
 */
final class CapturingExecutor
        implements PipelineExecutorServiceLoader, PipelineExecutorFactory, PipelineExecutor {
    static final String NAME = "sluice-compile";

    private final List<Pipeline> captured = new ArrayList<>();

    /** The one job of the program. */
    synchronized Pipeline onlyPipeline() throws ProgramFault {
        if (captured.isEmpty()) {
            throw new ProgramFault("main() came to its end without starting a job");
        }
        if (captured.size() > 1) {
            throw new ProgramFault("main() started " + captured.size()
                    + " jobs, and one is allowed: a job of the repository is one Flink job");
        }
        return captured.get(0);
    }

    @Override
    public synchronized CompletableFuture<JobClient> execute(
            Pipeline pipeline, Configuration configuration, ClassLoader userClasses) {
        captured.add(pipeline);
        return CompletableFuture.completedFuture(new AcceptedJob());
    }

    @Override
    public PipelineExecutorFactory getExecutorFactory(Configuration configuration) {
        return this;
    }

    @Override
    public Stream<String> getExecutorNames() {
        return Stream.of(NAME);
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public boolean isCompatibleWith(Configuration configuration) {
        return true;
    }

    @Override
    public PipelineExecutor getExecutor(Configuration configuration) {
        return this;
    }
}
