// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTest {
    @ParameterizedTest
    @CsvSource({
        "https://ci:s3cr3t@git.example.com/jobs.git, https://git.example.com/jobs.git",
        "https://s3cr3t@git.example.com/jobs.git, https://git.example.com/jobs.git",
        "https://git.example.com/jobs.git?private_token=s3cr3t, https://git.example.com/jobs.git",
        "https://a:p@ss@git.example.com/jobs.git, https://git.example.com/jobs.git",
        "ssh://git@git.example.com:22/jobs.git, ssh://git.example.com:22/jobs.git",
        "git@git.example.com:data/jobs.git, git@git.example.com:data/jobs.git",
        "file:///srv/jobs.git, file:///srv/jobs.git"
    })
    void theRepositoryIsShownWithoutCredentials(String address, String shown) {
        assertEquals(shown, source(address, Optional.empty()).repository());
    }

    @Test
    void anErrorOfGitIsShownWithoutCredentials() {
        String error =
                "https://ci:s3cr3t@git.example.com/jobs.git: authentication failed, ask a@b.c";

        Source source = source("file:///srv/jobs.git", Optional.of(error));

        assertEquals(
                Optional.of("https://git.example.com/jobs.git: authentication failed, ask a@b.c"),
                source.error());
    }

    private static Source source(String repository, Optional<String> error) {
        return new Source(
                repository, "prod", Optional.empty(), "", Optional.of(SampleJobs.NOW), error);
    }
}
