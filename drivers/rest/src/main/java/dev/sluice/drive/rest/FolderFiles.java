// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.rest;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** A state directory that this machine sees as a folder: a disk of its own, NFS, a mounted volume. */
public final class FolderFiles implements StateFiles {
    private static final String SCHEME = "file:";

    private final Path root;

    public FolderFiles(Path root) {
        this.root = requireNonNull(root, "root is null").toAbsolutePath().normalize();
    }

    /** Flink reads and prints paths without percent signs, so this is no {@code Path.toUri()}. */
    @Override
    public String url(String path) {
        return SCHEME + root.resolve(path);
    }

    /** A path of the machine that lies elsewhere is readable too: it starts with a slash then. */
    @Override
    public Optional<String> path(String url) {
        if (url.startsWith(SCHEME)) {
            return Optional.of(url.substring(SCHEME.length()).replaceFirst("^/+", "/"));
        }
        return url.startsWith("/") ? Optional.of(url) : Optional.empty();
    }

    @Override
    public List<String> children(String folder) throws IOException {
        try (Stream<Path> children = Files.list(root.resolve(folder))) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (NotDirectoryException e) {
            // A plain file holds nothing; one in the place of a parent is trouble.
            if (Files.isRegularFile(root.resolve(folder))) {
                return List.of();
            }
            throw e;
        }
    }

    @Override
    public Optional<Head> head(String file, int bytes) throws IOException {
        Path path = root.resolve(file);
        try (InputStream in = Files.newInputStream(path)) {
            Instant modifiedAt = Files.getLastModifiedTime(path).toInstant();
            return Optional.of(new Head(in.readNBytes(bytes), modifiedAt));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (FileSystemException e) {
            // Below a plain file there is nothing; the system calls that another error than
            // absence.
            if (Files.isRegularFile(path.getParent())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** A hard link appears at once and with its content, or fails because the name is taken. */
    @Override
    public boolean create(String file, byte[] content) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Path draft = path.resolveSibling(path.getFileName() + "." + UUID.randomUUID());
        try {
            write(draft, content);
            Files.createLink(path, draft);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    @Override
    public boolean owns(String url) {
        return path(url)
                .map(path -> root.resolve(path).normalize())
                .filter(path -> path.startsWith(root) && !path.equals(root))
                .isPresent();
    }

    @Override
    public SortedMap<String, Long> lengths(String folder) throws IOException {
        TreeMap<String, Long> lengths = new TreeMap<>();
        for (String name : children(folder)) {
            Path file = root.resolve(folder).resolve(name);
            if (Files.isRegularFile(file)) {
                lengths.put(name, Files.size(file));
            }
        }
        return lengths;
    }

    @Override
    public void fetch(String file, Path to) throws IOException {
        Files.copy(root.resolve(file), to, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void put(Path from, String file) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Path draft = path.resolveSibling(path.getFileName() + "." + UUID.randomUUID());
        // Not Files.copy(Path, Path), which takes the permissions over: Flink may be another user.
        try (InputStream in = Files.newInputStream(from)) {
            Files.copy(in, draft);
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void write(Path draft, byte[] content) throws IOException {
        try (FileChannel channel =
                FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
