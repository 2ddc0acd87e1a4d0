// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static java.util.Objects.requireNonNull;

import dev.sluice.drive.Claim;
import dev.sluice.drive.OwnerMark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
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

    private final StateFiles files;

    public OwnerFiles(StateFiles files) {
        this.files = requireNonNull(files, "files is null");
    }

    /** See {@link dev.sluice.drive.Driver#claim}. */
    public Claim claim(OwnerMark mark) {
        String file = "owners/" + mark.repository() + "/" + mark.environment() + ".json";
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
