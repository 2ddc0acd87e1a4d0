// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version the build wrote into this program's jar, or "development" outside of a jar. */
final class ProgramVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"sluice " + text()};
    }

    private static String text() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
