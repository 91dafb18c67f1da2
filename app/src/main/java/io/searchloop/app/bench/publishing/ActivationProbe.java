package io.searchloop.app.bench.publishing;

import io.searchloop.policy.sampling.SamplerSettings;
import io.searchloop.policy.signing.TrustedKeys;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.streams.activation.ActivationListener;
import io.searchloop.streams.activation.Activator;
import io.searchloop.streams.activation.KafkaChunks;
import io.searchloop.streams.activation.LoadTimes;
import io.searchloop.streams.activation.PolicyFeed;
import io.searchloop.streams.activation.PolicyIdentity;
import io.searchloop.streams.activation.PolicyLoader;
import io.searchloop.streams.activation.PolicySlot;
import io.searchloop.streams.activation.PolicyState;
import io.searchloop.streams.activation.ReleaseReader;
import io.searchloop.streams.feed.ConsumerSettings;
import io.searchloop.streams.inference.SelfTest;
import io.searchloop.streams.inference.SessionSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** The part of a worker that follows releases, with everything it really uses, and a stopwatch. */
final class ActivationProbe implements AutoCloseable {
  private static final Duration CHUNK_TIMEOUT = Duration.ofSeconds(5);
  private static final long PATIENCE_SECONDS = 120;
  private static final int ROOM = 100;

  private final BlockingQueue<Served> served = new ArrayBlockingQueue<>(ROOM);
  private final PolicySlot active;
  private final PolicySlot candidate;
  private final PolicySlot reference;
  private final KafkaChunks chunks;
  private final PolicyFeed feed;

  /**
   * A release that serves, or that was refused.
   *
   * @param version policy version
   * @param at when
   * @param times what took how long
   * @param problem why it was refused; empty when it serves
   */
  record Served(long version, Instant at, LoadTimes times, String problem) {}

  ActivationProbe(
      Brokers bootstrapServers, Serdes serdes, TrustedKeys trusted, InstantSource clock) {
    ConsumerSettings consumers = new ConsumerSettings(bootstrapServers);
    Stopwatch stopwatch = new Stopwatch(served, clock);
    active = new PolicySlot("active", clock, stopwatch);
    candidate = new PolicySlot("candidate", clock, stopwatch);
    reference = new PolicySlot("reference", clock, stopwatch);
    chunks =
        new KafkaChunks(
            () -> consumers.seeker("probe-chunks"), serdes.of(Topics.POLICY_CHUNKS), CHUNK_TIMEOUT);
    PolicyLoader loader =
        new PolicyLoader(
            new ReleaseReader(chunks, trusted, clock),
            new SelfTest(new SamplerSettings(4, 1)),
            SessionSettings.cpu(1),
            clock,
            stopwatch);
    Activator activator = new Activator(loader, active, candidate, reference, stopwatch, clock);
    feed = new PolicyFeed(consumers, serdes, activator, (topic, reason) -> {});
  }

  void start() {
    feed.start();
  }

  /**
   * Waits for the next release to serve.
   *
   * @throws IllegalStateException when it does not, or is refused
   */
  Served next() throws InterruptedException {
    Served next = served.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null || !next.problem().isEmpty()) {
      throw new IllegalStateException(
          "Expected a release to serve within %d s, found %s".formatted(PATIENCE_SECONDS, next));
    }
    return next;
  }

  @Override
  public void close() {
    feed.close();
    chunks.close();
    active.close();
    candidate.close();
    reference.close();
  }

  /** Called on the feed's thread alone, loaded before activated. */
  private static final class Stopwatch implements ActivationListener {
    private final BlockingQueue<Served> served;
    private final InstantSource clock;
    private LoadTimes times =
        new LoadTimes(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    Stopwatch(BlockingQueue<Served> served, InstantSource clock) {
      this.served = served;
      this.clock = clock;
    }

    @Override
    public void loaded(PolicyIdentity identity, LoadTimes found) {
      times = found;
    }

    @Override
    public void activated(String slot, PolicyIdentity identity) {
      served.add(new Served(identity.version(), clock.instant(), times, ""));
    }

    @Override
    public void rejected(String slot, PolicyState.Rejected rejected) {
      served.add(
          new Served(rejected.identity().version(), clock.instant(), times, rejected.reason()));
    }

    @Override
    public void retired(String slot, PolicyIdentity identity) {}
  }
}
