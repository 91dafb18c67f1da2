package io.searchloop.app.fleet;

import io.searchloop.app.bench.BenchReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a storm did to the loop.
 *
 * @param command the command line
 * @param started when
 * @param finished when
 * @param machine processors, memory, Java
 * @param plan what was asked for
 * @param notes what a reader should know, such as faults that this user cannot cause
 * @param faults each fault and how long its component needed
 * @param submissions how often jobs began, once each without faults
 * @param starts how often each process began
 * @param cpuSeconds CPU time of each process
 * @param promises whether they held
 */
public record ChaosReport(
    List<String> command,
    Instant started,
    Instant finished,
    Map<String, String> machine,
    ChaosPlan plan,
    List<String> notes,
    List<FaultRecord> faults,
    int submissions,
    Map<String, Integer> starts,
    Map<String, Double> cpuSeconds,
    Promises promises)
    implements BenchReport {

  /**
   * A fault.
   *
   * @param atMs when, from the first shopper
   * @param lastedMs how long; 0 when it has no end of its own
   * @param recoveredMs from its end until the component did its work again
   */
  public record FaultRecord(
      long atMs, String component, String kind, long lastedMs, long recoveredMs) {}

  public ChaosReport {
    faults = List.copyOf(faults);
    notes = List.copyOf(notes);
  }

  @Override
  public boolean met() {
    return promises.held();
  }

  @Override
  public List<String> conclusions() {
    List<String> lines = new ArrayList<>();
    lines.add("%d faults; median and longest recovery in seconds:".formatted(faults.size()));
    table().forEach((key, records) -> lines.add("  " + line(key, records)));
    lines.addAll(notes);
    lines.addAll(promises.lines());
    return lines;
  }

  private Map<String, List<FaultRecord>> table() {
    return faults.stream()
        .collect(
            Collectors.groupingBy(
                fault -> fault.component().replaceAll("-\\d+$", "") + ", " + fault.kind(),
                TreeMap::new,
                Collectors.toList()));
  }

  private static String line(String key, Collection<FaultRecord> records) {
    long[] recoveries = records.stream().mapToLong(FaultRecord::recoveredMs).sorted().toArray();
    return "%-24s %3d  %5.1f %5.1f"
        .formatted(
            key,
            recoveries.length,
            recoveries[recoveries.length / 2] / 1e3,
            recoveries[recoveries.length - 1] / 1e3);
  }
}
