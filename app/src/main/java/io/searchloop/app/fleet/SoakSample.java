package io.searchloop.app.fleet;

import java.util.Map;
import java.util.TreeMap;

/**
 * A look at everything.
 *
 * @param minutes since figures count
 * @param residentMib memory of each process
 * @param lag records that each consumer group has not read yet
 * @param checkpoints completed by each job so far
 * @param topicMib on the broker's disk, by topic
 * @param folderMib of checkpoints, by who writes them
 * @param searches so far
 * @param failed of them
 */
public record SoakSample(
    double minutes,
    Map<String, Double> residentMib,
    Map<String, Long> lag,
    Map<String, Integer> checkpoints,
    Map<String, Double> topicMib,
    Map<String, Double> folderMib,
    long searches,
    long failed) {
  public SoakSample {
    residentMib = new TreeMap<>(residentMib);
    lag = new TreeMap<>(lag);
    checkpoints = new TreeMap<>(checkpoints);
    topicMib = new TreeMap<>(topicMib);
    folderMib = new TreeMap<>(folderMib);
  }

  /** Disk of everything together, in MiB. */
  double diskMib() {
    return sum(topicMib) + sum(folderMib);
  }

  private static double sum(Map<String, Double> parts) {
    return parts.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
