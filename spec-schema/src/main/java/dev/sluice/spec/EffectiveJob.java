// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec;

import static java.util.Objects.requireNonNull;

/**
 * A rendered specification and where it came from.
 *
 * @param commit the commit it was rendered from
 * @param digest digest of the canonical form: formatting, comments, key order and the folder do not
 *     change it, an artifact's digest does
 * @param file path of the {@code job.yaml}, for links and errors
 */
public record EffectiveJob(JobSpec spec, CommitId commit, Digest digest, String file) {
    public EffectiveJob {
        requireNonNull(spec, "spec is null");
        requireNonNull(commit, "commit is null");
        requireNonNull(digest, "digest is null");
        requireNonNull(file, "file is null");
    }

    public JobKey key() {
        return spec.key();
    }

    /** True when the other says the same of the job, whatever commit and file it comes from. */
    public boolean isSameAs(EffectiveJob other) {
        return digest.equals(other.digest);
    }
}
