// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import dev.sluice.reconcile.journal.JournalException.Problem;
import dev.sluice.spec.Digest;
import dev.sluice.spec.JobSpec;
import dev.sluice.spec.read.JobSpecText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Specifications as their canonical text and back. Remembers the specifications met last: the text
 * under a digest never changes, and a fleet's records name the same few again and again.
 */
final class SpecCodec {
    private static final int REMEMBERED = 20_000;

    private final Map<Digest, JobSpec> known = Collections.synchronizedMap(new Recent());

    /**
     * The text of a specification.
     *
     * @throws JournalException when the text would not give the specification back: better before
     *     the job is touched than at the next start
     */
    String write(JobSpec spec) {
        String text = JobSpecText.write(spec);
        Digest digest = Digest.of(text);
        if (!spec.equals(known.get(digest))) {
            JobSpec back = JobSpecText.read(text);
            if (!back.equals(spec)) {
                throw new JournalException(
                        Problem.OTHER,
                        "the text of " + spec.key() + " does not give it back: " + text);
            }
            known.put(digest, back);
        }
        return text;
    }

    /** The specification whose text lies under a digest. */
    JobSpec read(Digest digest, Function<Digest, String> texts) {
        JobSpec spec = known.get(digest);
        if (spec != null) {
            return spec;
        }
        JobSpec read = JobSpecText.read(texts.apply(digest));
        known.put(digest, read);
        return read;
    }

    private static final class Recent extends LinkedHashMap<Digest, JobSpec> {
        private static final long serialVersionUID = 1L;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, JobSpec> eldest) {
            return size() > REMEMBERED;
        }
    }
}
