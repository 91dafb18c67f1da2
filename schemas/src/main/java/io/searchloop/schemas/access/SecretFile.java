package io.searchloop.schemas.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files that hold secrets: made for their owner alone, and not believed once others could read
 * them. Where a file system has no POSIX permissions, both are left to whoever keeps it.
 */
public final class SecretFile {
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");

  /** A group may read it: so clusters mount secrets. */
  private static final Set<PosixFilePermission> NOBODY_ELSE =
      PosixFilePermissions.fromString("----w-rwx");

  private SecretFile() {}

  /**
   * Makes an empty file.
   *
   * @throws java.nio.file.FileAlreadyExistsException when there is one
   */
  public static void create(Path file) throws IOException {
    try {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER));
    } catch (UnsupportedOperationException e) { // no such permissions on this file system
      Files.createFile(file);
    }
  }

  /**
   * Checks who else may read or change a file.
   *
   * @throws IllegalArgumentException when somebody may who should not; it names file and remedy
   */
  public static void check(Path file) throws IOException {
    Set<PosixFilePermission> found = permissions(file);
    if (found.stream().anyMatch(NOBODY_ELSE::contains)) {
      throw new IllegalArgumentException(
          "%s: mode %s, expected a file that its group cannot change and others cannot read. Run chmod 600 on it; if others had access, write new secrets."
              .formatted(file, PosixFilePermissions.toString(found)));
    }
  }

  private static Set<PosixFilePermission> permissions(Path file) throws IOException {
    try {
      return Files.getPosixFilePermissions(file);
    } catch (UnsupportedOperationException e) { // no such permissions on this file system
      return Set.of();
    }
  }
}
