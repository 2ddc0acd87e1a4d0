// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One path of the crash enumeration on real pods. */
@Tag("kubernetes")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class PodsCrashIT {
    @Test
    void nothingRunsTwiceAndNothingIsLostWhereverAControllerDies(@TempDir Path folder)
            throws Exception {
        try (Elsewhere place = ElsewherePods.open(folder);
                CrashPath path = CrashPath.open(folder, place)) {
            path.begin();
            path.play();
        }
    }
}
