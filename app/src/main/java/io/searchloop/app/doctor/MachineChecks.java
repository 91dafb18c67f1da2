package io.searchloop.app.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Java, processors, memory and disk of this machine, or of the container it is to this process. */
final class MachineChecks {
  private static final int JAVA = 17;
  private static final int CORES = 2;
  private static final long MIB = 1 << 20;

  /** Outside the heap: direct buffers, libtorch and ONNX Runtime, Lucene's page cache. */
  private static final long BESIDE_THE_HEAP = 2_048 * MIB;

  private static final long LEAST_DISK = 512 * MIB;
  private static final long ENOUGH_DISK = 4_096 * MIB;

  private final Path directory;

  MachineChecks(Path directory) {
    this.directory = directory;
  }

  List<Finding> findings() {
    return List.of(
        java(Runtime.version().feature()),
        cores(Runtime.getRuntime().availableProcessors()),
        memory(Runtime.getRuntime().maxMemory(), system().getTotalMemorySize()),
        disk());
  }

  static Finding java(int version) {
    return version >= JAVA
        ? Finding.ok("Java", Runtime.version().toString())
        : Finding.problem("Java", "" + version, "Install Java 17 or newer and set JAVA_HOME.");
  }

  static Finding cores(int count) {
    return count >= CORES
        ? Finding.ok("processors", "" + count)
        : Finding.warning(
            "processors",
            count + ", expected " + CORES + " or more",
            "Give the process more: Flink, trainer and worker share them.");
  }

  static Finding memory(long heapBytes, long totalBytes) {
    String found = "%d MiB in all, heap up to %d MiB".formatted(totalBytes / MIB, heapBytes / MIB);
    return totalBytes >= heapBytes + BESIDE_THE_HEAP
        ? Finding.ok("memory", found)
        : Finding.problem(
            "memory",
            found + ", and native code needs %d MiB beside it".formatted(BESIDE_THE_HEAP / MIB),
            "Give the machine more memory, or the heap less: SEARCHLOOP_HEAP=2g.");
  }

  private Finding disk() {
    Path existing = directory.toAbsolutePath();
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    try {
      return disk(directory, Files.getFileStore(existing).getUsableSpace(), existing);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot see the disk of " + existing, e);
    }
  }

  static Finding disk(Path directory, long freeBytes, Path existing) {
    String found = "%d MiB free for %s".formatted(freeBytes / MIB, directory);
    if (!Files.isWritable(existing)) {
      return Finding.problem(
          "disk", existing + " may not be written", "Name another with --data-dir.");
    }
    if (freeBytes >= ENOUGH_DISK) {
      return Finding.ok("disk", found);
    }
    String remedy = "Make room, or name another directory with --data-dir.";
    return freeBytes >= LEAST_DISK
        ? Finding.warning("disk", found + "; topics grow by some hundred MiB an hour", remedy)
        : Finding.problem("disk", found, remedy);
  }

  private static OperatingSystemMXBean system() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  }
}
