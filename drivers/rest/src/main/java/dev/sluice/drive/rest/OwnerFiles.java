// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.Claim;
import dev.sluice.drive.OwnerMark;
import dev.sluice.spec.JobId;
import dev.sluice.spec.JobKey;
import dev.sluice.spec.observed.LiveJob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Owner marks in the state directory, {@code owners/<repository>/<environment>.json}: whoever shares
 * the state of a job sees who looks after it, even from another host and another cluster. Made once,
 * never changed, removed by a person only.
 */
public final class OwnerFiles {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_BYTES = 16 * 1024;
    private static final String OWNERS = "owners";
    private static final String SUFFIX = ".json";

    /** How Sluice names the jobs that it starts: team and name. */
    private static final Pattern NAME =
            Pattern.compile("[a-z][-a-z0-9]{0,19}/[a-z][-a-z0-9]{0,39}");

    /** Jobs with more are few, and hashes are quick. */
    private static final int MOST_ATTEMPTS = 1_000;

    private final StateFiles files;

    public OwnerFiles(StateFiles files) {
        this.files = requireNonNull(files, "files is null");
    }

    /** See {@link dev.sluice.drive.Driver#claim(OwnerMark)}. */
    public Claim claim(OwnerMark mark) {
        return claim(mark, OWNERS + "/" + mark.repository() + "/" + mark.environment() + SUFFIX);
    }

    /**
     * See {@link dev.sluice.drive.Driver#claim(OwnerMark, LiveJob)}. Jobs are marked in {@code
     * adopted/<job id>.json}. An attempt of another environment is known by its id, which follows
     * from the job's name.
     */
    public Claim claim(OwnerMark mark, LiveJob job) {
        try {
            for (String repository : files.children(OWNERS)) {
                for (String name : files.children(OWNERS + "/" + repository)) {
                    String file = OWNERS + "/" + repository + "/" + name;
                    Optional<OwnerMark> owner = read(file);
                    if (owner.filter(other -> !other.isSameEnvironmentAs(mark)).isPresent()
                            && isAttempt(job, owner.get())) {
                        return new Claim.Other(owner.get(), files.url(file));
                    }
                }
            }
        } catch (IOException | JacksonException e) {
            return new Claim.Unclear("owner marks in " + files.url(OWNERS) + ": " + e);
        }
        return claim(mark, "adopted/" + job.id() + SUFFIX);
    }

    private static boolean isAttempt(LiveJob job, OwnerMark owner) {
        String[] name = job.name().split("/", 2);
        if (!NAME.matcher(job.name()).matches()) {
            return false;
        }
        JobKey key = new JobKey(owner.repository(), owner.environment(), name[0], name[1]);
        return IntStream.rangeClosed(1, MOST_ATTEMPTS)
                .mapToObj(attempt -> JobId.of(key, attempt))
                .anyMatch(job.id()::equals);
    }

    private Claim claim(OwnerMark mark, String file) {
        try {
            Optional<OwnerMark> owner = read(file);
            if (owner.isEmpty()) {
                // Whether or not this call makes it: what lies there afterwards is what counts.
                files.create(file, JSON.writeValueAsBytes(mark));
                owner = read(file);
            }
            return owner.isPresent()
                    ? answer(mark, owner.get(), file)
                    : new Claim.Unclear(files.url(file) + " was made and is not there");
        } catch (IOException e) {
            return new Claim.Unclear("owner mark " + files.url(file) + ": " + e);
        } catch (JacksonException e) {
            return new Claim.Unclear(files.url(file) + " is not an owner mark: "
                    + e.getOriginalMessage() + "; delete it if no other controller is there");
        }
    }

    private Claim answer(OwnerMark mark, OwnerMark owner, String file) {
        return owner.isSameOwnerAs(mark)
                ? new Claim.Held()
                : new Claim.Other(owner, files.url(file));
    }

    private Optional<OwnerMark> read(String file) throws IOException {
        Optional<StateFiles.Head> head = files.head(file, MOST_BYTES);
        return head.map(found ->
                JSON.readValue(new String(found.bytes(), StandardCharsets.UTF_8), OwnerMark.class));
    }
}
