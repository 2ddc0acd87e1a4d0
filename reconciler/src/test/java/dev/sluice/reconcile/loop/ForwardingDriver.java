// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.loop;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.Driver;
import dev.sluice.drive.PassingDriver;

/** Passes every call on to one driver; tests change what they are about. */
public class ForwardingDriver extends PassingDriver {
    private final Driver real;

    protected ForwardingDriver(Driver real) {
        this.real = requireNonNull(real, "real is null");
    }

    @Override
    protected Driver now() {
        return real;
    }

    @Override
    public void close() {
        real.close();
    }
}
