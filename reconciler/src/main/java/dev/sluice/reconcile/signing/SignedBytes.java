// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.signing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Optional;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.util.RawParseUtils;

/**
 * A signature and what it stands for: the commit without the header that holds the signature.
 *
 * @param armor the signature as text, as git keeps it
 */
record SignedBytes(byte[] content, byte[] armor) {
    private static final String HEADER = "gpgsig";

    /** Empty for a commit without a signature. The commit's body must have been parsed. */
    static Optional<SignedBytes> of(RevCommit commit) {
        byte[] armor = commit.getRawGpgSignature();
        byte[] raw = commit.getRawBuffer();
        int value = RawParseUtils.headerStart(HEADER.getBytes(US_ASCII), raw, 0);
        if (armor == null || value < 0) {
            return Optional.empty();
        }
        int start = value - HEADER.length() - 1;
        int end = Math.min(RawParseUtils.nextLfSkippingSplitLines(raw, value) + 1, raw.length);
        byte[] content = new byte[raw.length - (end - start)];
        System.arraycopy(raw, 0, content, 0, start);
        System.arraycopy(raw, end, content, start, raw.length - end);
        return Optional.of(new SignedBytes(content, armor));
    }
}
