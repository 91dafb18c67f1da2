package io.searchloop.app.bench.attribution;

import io.searchloop.app.launcher.FlinkConfig.StateBackend;
import java.util.List;
import java.util.Locale;

/** A job with a state backend. Each has a process of its own, so that none warms up another's. */
public enum Contender {
  PASS_THROUGH(BenchJob.PASS_THROUGH, StateBackend.HASHMAP),
  REWARD_HEAP(BenchJob.REWARD, StateBackend.HASHMAP),
  PASS_THROUGH_LOCAL(BenchJob.PASS_THROUGH_LOCAL, StateBackend.HASHMAP),
  REWARD_ROCKSDB(BenchJob.REWARD, StateBackend.ROCKSDB);

  private final BenchJob job;
  private final StateBackend stateBackend;

  Contender(BenchJob job, StateBackend stateBackend) {
    this.job = job;
    this.stateBackend = stateBackend;
  }

  BenchJob job() {
    return job;
  }

  StateBackend stateBackend() {
    return stateBackend;
  }

  /** Name in runs, folders and reports: {@code reward-heap}. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The contenders of these names.
   *
   * @param labels names; none for all contenders
   * @throws IllegalArgumentException when there is no such contender
   */
  public static List<Contender> named(List<String> labels) {
    List<Contender> all = List.of(values());
    List<String> known = all.stream().map(Contender::label).toList();
    for (String label : labels) {
      if (!known.contains(label)) {
        throw new IllegalArgumentException(
            "There is no contender %s, expected some of %s.".formatted(label, known));
      }
    }
    return labels.isEmpty() ? all : all.stream().filter(c -> labels.contains(c.label())).toList();
  }
}
