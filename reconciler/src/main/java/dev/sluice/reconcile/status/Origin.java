// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.status;

import static java.util.Objects.requireNonNull;

/**
 * What a controller follows.
 *
 * @param repository address without credentials: every page shows it
 * @param owner name of this process, as the lease knows it
 */
public record Origin(String repository, String branch, String environment, String owner) {
    public Origin {
        requireNonNull(repository, "repository is null");
        requireNonNull(branch, "branch is null");
        requireNonNull(environment, "environment is null");
        requireNonNull(owner, "owner is null");
    }
}
