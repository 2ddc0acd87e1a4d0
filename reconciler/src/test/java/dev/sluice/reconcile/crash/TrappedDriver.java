// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.CancelRequest;
import dev.sluice.drive.DiscoverRequest;
import dev.sluice.drive.Driver;
import dev.sluice.drive.LiveChangeRequest;
import dev.sluice.drive.ProofRequest;
import dev.sluice.drive.RescaleRequest;
import dev.sluice.drive.StageRequest;
import dev.sluice.drive.StartRequest;
import dev.sluice.drive.StopRequest;
import dev.sluice.reconcile.loop.ForwardingDriver;
import dev.sluice.spec.observed.Outcome;
import dev.sluice.spec.observed.Proof;
import dev.sluice.spec.observed.StatePointer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The real driver, with a trap behind each of its answers. While the file {@code losing} names a type of
 * step, the next answer of it is lost; answers of a session cluster are lost by the proxy.
 */
final class TrappedDriver extends ForwardingDriver {
    private final Trap trap;
    private final Path folder;
    private final boolean compiles;

    /** @param compiles false: a spec is staged as one that has run before */
    TrappedDriver(Driver real, Trap trap, Path folder, boolean compiles) {
        super(real);
        this.trap = requireNonNull(trap, "trap is null");
        this.folder = requireNonNull(folder, "folder is null");
        this.compiles = compiles;
    }

    static Path losing(Path folder) {
        return folder.resolve("losing");
    }

    /** The next answer of such a step is to be lost. */
    static void loseAnswer(Path folder, StepKind kind) throws IOException {
        Files.writeString(losing(folder), kind.name());
    }

    @Override
    public Outcome stage(StageRequest request) {
        StageRequest asked = new StageRequest(
                request.spec(), request.state(), request.attempt(), request.hasRun() || !compiles);
        return answered(StepKind.STAGE, super.stage(asked));
    }

    @Override
    public Outcome stopWithSavepoint(StopRequest request) {
        return answered(StepKind.STOP, super.stopWithSavepoint(request));
    }

    @Override
    public Outcome cancel(CancelRequest request) {
        return answered(StepKind.CANCEL, super.cancel(request));
    }

    @Override
    public Outcome start(StartRequest request) {
        return answered(StepKind.START, super.start(request));
    }

    @Override
    public Proof proveAbsent(ProofRequest request) {
        Proof proof = super.proveAbsent(request);
        boolean isLost = isLost(StepKind.PROVE);
        trap.at(StepKind.PROVE, Moment.ANSWERED);
        if (isLost) {
            throw new UncheckedIOException(new IOException("the answer of the proof was lost"));
        }
        return proof;
    }

    @Override
    public List<StatePointer> discoverState(DiscoverRequest request) {
        List<StatePointer> found = super.discoverState(request);
        boolean isLost = isLost(StepKind.DISCOVER);
        trap.at(StepKind.DISCOVER, Moment.ANSWERED);
        if (isLost) {
            throw new UncheckedIOException(new IOException("the answer of storage was lost"));
        }
        return found;
    }

    @Override
    public Outcome rescale(RescaleRequest request) {
        return answered(StepKind.RESCALE, super.rescale(request));
    }

    @Override
    public Outcome applyLive(LiveChangeRequest request) {
        return answered(StepKind.APPLY, super.applyLive(request));
    }

    private boolean isLost(StepKind kind) {
        Path losing = losing(folder);
        try {
            return Files.exists(losing)
                    && Files.readString(losing).equals(kind.name())
                    && Files.deleteIfExists(losing);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome answered(StepKind kind, Outcome outcome) {
        boolean isLost = isLost(kind);
        trap.at(kind, Moment.ANSWERED);
        if (kind.waits() && outcome instanceof Outcome.Done) {
            trap.at(kind, Moment.ENDED);
        }
        return isLost ? new Outcome.Unknown("the answer was lost") : outcome;
    }
}
