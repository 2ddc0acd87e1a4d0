// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.spec.JobSpec;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobSpecTextTest {
    @Test
    void theSmallestJobComesBackEqual() {
        JobSpec spec = new SpecReader()
                .read(BaseRepository.tree(), "test", Optional.empty())
                .jobs()
                .values()
                .iterator()
                .next()
                .spec();

        String text = JobSpecText.write(spec);

        assertEquals(spec, JobSpecText.read(text));
        assertEquals(
                "{\"environment\":\"test\",\"flink\":{\"cluster\":\"main\",\"mode\":\"session\","
                        + "\"version\":\"1.20\"},\"name\":\"orders\",\"repository\":\"acme\",\"sql\":"
                        + "{\"file\":\"jobs/payments/orders/job.sql\",\"text\":\"INSERT INTO"
                        + " orders_copy SELECT * FROM orders;\\n\"},\"team\":\"payments\"}",
                text);
    }
}
