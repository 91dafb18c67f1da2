package io.searchloop.app.fleet;

import io.searchloop.app.bench.BenchReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a search costs, through the whole loop.
 *
 * @param command the command line
 * @param started when
 * @param finished when
 * @param machine processors, memory, Java
 * @param plan what was measured
 * @param searches that were counted
 * @param failed searches that no worker answered
 * @param events of them
 * @param minibatches steps of the trainer within the measured time are as many
 * @param cpuMillisPerSearch CPU time of each process, divided by searches
 * @param bytesPerSearch growth of each topic, divided by searches
 */
public record CostReport(
    List<String> command,
    Instant started,
    Instant finished,
    Map<String, String> machine,
    CostPlan plan,
    long searches,
    long failed,
    long events,
    long minibatches,
    Map<String, Double> cpuMillisPerSearch,
    Map<String, Double> bytesPerSearch)
    implements BenchReport {
  private static final double MILLION = 1e6;
  private static final double MILLIS_PER_HOUR = 3.6e6;
  private static final double GIGABYTE = 1e9;
  private static final double LEAST_SHOWN_BYTES = 1;

  @Override
  public boolean met() {
    return failed == 0 && searches > 0;
  }

  @Override
  public List<String> conclusions() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%,d searches, %,d events, %,d minibatches, %d searches failed"
            .formatted(searches, events, minibatches, failed));
    lines.add(
        "CPU:                     ms a search   core hours a million   cores at 100 a second");
    cpuMillisPerSearch.forEach((name, millis) -> lines.add(cpu(name, millis)));
    lines.add(cpu("all", sum(cpuMillisPerSearch)));
    lines.add("Disk of one replica:      bytes a search          GB a million");
    bytesPerSearch.forEach(
        (topic, bytes) -> {
          if (bytes >= LEAST_SHOWN_BYTES) {
            lines.add(disk(topic, bytes));
          }
        });
    lines.add(disk("all", sum(bytesPerSearch)));
    return lines;
  }

  private static String cpu(String name, double millis) {
    return "  %-22s %10.3f %20.2f %22.2f"
        .formatted(name, millis, millis * MILLION / MILLIS_PER_HOUR, millis / 10);
  }

  private static String disk(String topic, double bytes) {
    return "  %-26s %10.0f %20.2f".formatted(topic, bytes, bytes * MILLION / GIGABYTE);
  }

  private static double sum(Map<String, Double> parts) {
    return parts.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
