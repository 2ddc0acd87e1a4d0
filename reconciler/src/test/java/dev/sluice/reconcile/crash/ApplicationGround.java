// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processes of each attempt's own, found by the files that tell where they are; nothing is between. */
final class ApplicationGround implements Ground {
    private final Path folder;
    private final ApplicationEyes eyes;

    ApplicationGround(Path folder) {
        this.folder = requireNonNull(folder, "folder is null");
        this.eyes =
                new ApplicationEyes(CrashWorld.data(folder).resolve("clusters/main/applications"));
    }

    @Override
    public Eyes eyes() {
        return eyes;
    }

    /** Requests go straight to Flink: nobody sees them. */
    @Override
    public void hear(Observer observer) {}

    /** The files are read at each look. */
    @Override
    public void follow() {}

    @Override
    public void loseAnswer(StepKind kind) throws IOException {
        TrappedDriver.loseAnswer(folder, kind);
    }

    @Override
    public boolean isSpent() {
        return !Files.exists(TrappedDriver.losing(folder));
    }

    @Override
    public void heal() {}

    @Override
    public void close() {}
}
