// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.contract.DriverContract;
import dev.sluice.drive.contract.DriverWorld;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The contract on real Flink, in one world that all its claims share. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class LocalContract<W extends DriverWorld> extends DriverContract {
    private final Function<Path, W> opening;
    private W world;

    LocalContract(Function<Path, W> opening) {
        this.opening = requireNonNull(opening, "opening is null");
    }

    @BeforeAll
    void open(@TempDir Path directory) {
        world = opening.apply(directory);
    }

    @AfterAll
    void close() {
        world.close();
    }

    @Override
    protected W world() {
        return world;
    }
}
