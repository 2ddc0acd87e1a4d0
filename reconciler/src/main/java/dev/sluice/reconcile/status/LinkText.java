// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.status;

import dev.sluice.plan.JobRecord;
import dev.sluice.spec.JobId;

/** Fills a link template with what is only known of a running attempt. */
final class LinkText {
    private LinkText() {}

    static String fill(String template, JobRecord record) {
        String id = record.currentId().map(JobId::hex).orElse("");
        return template.replace("{jobId}", id)
                .replace("{job}", record.key().name())
                .replace("{team}", record.key().team())
                .replace("{environment}", record.key().environment())
                .replace(
                        "{commit}",
                        record.notes().startedBy().map(Object::toString).orElse(""));
    }
}
