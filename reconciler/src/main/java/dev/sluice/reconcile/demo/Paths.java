// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.demo;

import java.net.URI;

/** Paths as Flink writes them: {@code file:/x} and {@code file:///x} are the same place. */
final class Paths {
    private Paths() {}

    static boolean same(String one, String other) {
        return URI.create(one).getPath().equals(URI.create(other).getPath());
    }
}
