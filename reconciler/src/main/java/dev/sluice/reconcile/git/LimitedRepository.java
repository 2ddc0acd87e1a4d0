// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PackParser;

/**
 * A bare repository that takes in no pack beyond the limits. JGit has such limits for what is pushed
 * to it but not for what it fetches; a fetch asks its repository for the parser, so that is where
 * they are set.
 */
final class LimitedRepository extends FileRepository {
    private final GitLimits limits;

    private LimitedRepository(FileRepositoryBuilder builder, GitLimits limits) throws IOException {
        super(builder);
        this.limits = limits;
    }

    /** Opens the repository of a directory, making it where there is none. */
    static LimitedRepository open(Path directory, GitLimits limits) throws IOException {
        FileRepositoryBuilder builder = new FileRepositoryBuilder();
        builder.setGitDir(directory.toFile()).setBare().setup();
        LimitedRepository repository = new LimitedRepository(builder, limits);
        if (!repository.getObjectDatabase().exists()) {
            repository.create(true);
            StoredConfig config = repository.getConfig();
            config.setString("http", null, "followRedirects", "false");
            config.setBoolean(ConfigConstants.CONFIG_GC_SECTION, null, "autoDetach", false);
            config.save();
        }
        return repository;
    }

    @Override
    public ObjectInserter newObjectInserter() {
        ObjectInserter plain = super.newObjectInserter();
        return new ObjectInserter.Filter() {
            @Override
            protected ObjectInserter delegate() {
                return plain;
            }

            @Override
            public PackParser newPackParser(InputStream in) throws IOException {
                PackParser parser = plain.newPackParser(
                        new LimitedStream(in, limits.packBytes(), limits.deadline()));
                parser.setMaxObjectSizeLimit(limits.objectBytes());
                return parser;
            }
        };
    }
}
