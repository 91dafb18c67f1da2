package io.searchloop.trainer.export;

import io.searchloop.trainer.network.NetworkConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a worker would take for one rewrite, alone on one thread: a prompt at once, then token
 * by token over the cache. The median of a few tries, so that one pause of the machine decides
 * nothing; opening the session is not part of it.
 */
public final class GraphLatency {
  private static final int TRIES = 5;

  private final InstantSource clock;

  public GraphLatency(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Measures it.
   *
   * @param prompt token ids of a prompt
   * @param answer token ids fed after it, one by one
   * @throws ParityException when ONNX Runtime cannot run the graph
   */
  public Duration median(NetworkConfig config, byte[] onnx, int[] prompt, int[] answer) {
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < TRIES; i++) {
      try (GraphDecoding decoding = new GraphDecoding(config, onnx, 1)) {
        Instant start = clock.instant();
        decoding.advance(new int[][] {prompt});
        for (int token : answer) {
          decoding.advance(new int[][] {{token}});
        }
        times.add(Duration.between(start, clock.instant()));
      }
    }
    return times.stream().sorted().skip(TRIES / 2).findFirst().orElseThrow();
  }
}
