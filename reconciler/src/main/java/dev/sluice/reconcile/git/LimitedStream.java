// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** What a server sends, up to so many bytes and for so long; then an end with an error. */
final class LimitedStream extends FilterInputStream {
    /** A repository asks for more than its limits allow. */
    static final class LimitExceeded extends IOException {
        private static final long serialVersionUID = 1L;

        LimitExceeded(String message) {
            super(message);
        }
    }

    private final long maximumBytes;
    private final Duration deadline;
    private final long startedNanos;
    private long bytes;

    LimitedStream(InputStream in, long maximumBytes, Duration deadline) {
        super(in);
        this.maximumBytes = maximumBytes;
        this.deadline = deadline;
        startedNanos = System.nanoTime();
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        count(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        count(Math.max(read, 0));
        return read;
    }

    private void count(int more) throws IOException {
        bytes += more;
        if (bytes > maximumBytes) {
            throw new LimitExceeded("the fetch is larger than " + maximumBytes + " bytes");
        }
        if (System.nanoTime() - startedNanos > deadline.toNanos()) {
            throw new IOException("the fetch takes too long (more than "
                    + Math.max(0, deadline.toSeconds()) + " s)");
        }
    }
}
