package io.searchloop.app.console.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** How fast something is counted: its total sampled about once a second. Not thread-safe. */
final class Throughput {
  private static final int SAMPLES = 61;
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private final Deque<Sample> samples = new ArrayDeque<>();

  private record Sample(Instant at, long total) {}

  /** Notes the total at an instant. */
  void sample(Instant at, long total) {
    samples.addLast(new Sample(at, total));
    if (samples.size() > SAMPLES) {
      samples.removeFirst();
    }
  }

  /** Counts per second over the last ten seconds, or over as much as is known. */
  double perSecond() {
    if (samples.size() < 2) {
      return 0;
    }
    Sample last = samples.getLast();
    Instant start = last.at().minus(WINDOW);
    for (Sample sample : samples) {
      if (!sample.at().isBefore(start) && sample != last) {
        return perSecond(sample, last);
      }
    }
    return 0;
  }

  /** Counts per second between neighbouring samples of the last minute, oldest first. */
  List<Double> history() {
    List<Double> rates = new ArrayList<>();
    Sample before = null;
    for (Sample sample : samples) {
      if (before != null) {
        rates.add(perSecond(before, sample));
      }
      before = sample;
    }
    return rates;
  }

  private static double perSecond(Sample from, Sample to) {
    double seconds = Duration.between(from.at(), to.at()).toMillis() / 1000.0;
    return seconds <= 0 ? 0 : Math.max(0, to.total() - from.total()) / seconds;
  }
}
