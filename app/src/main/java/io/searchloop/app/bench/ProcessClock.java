package io.searchloop.app.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/** Time as this process spends it. */
public final class ProcessClock {
  /**
   * A moment.
   *
   * @param nanos of {@link System#nanoTime}
   * @param cpuNanos CPU time of this process, all threads
   * @param gcMillis time in garbage collection pauses
   */
  public record Reading(long nanos, long cpuNanos, long gcMillis) {}

  private final OperatingSystemMXBean process =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** What it shows now. */
  public Reading read() {
    long gcMillis =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .mapToLong(GarbageCollectorMXBean::getCollectionTime)
            .sum();
    return new Reading(System.nanoTime(), process.getProcessCpuTime(), gcMillis);
  }

  /** Heap in use when nothing more can be collected. */
  public static long usedHeapBytes() {
    var memory = ManagementFactory.getMemoryMXBean();
    // The first collection queues what is cleaned by reference, the second frees it.
    memory.gc();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }
}
