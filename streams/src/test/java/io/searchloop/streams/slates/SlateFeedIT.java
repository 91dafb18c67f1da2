package io.searchloop.streams.slates;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.policy.rewrite.GroupKey;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.sampling.SamplerSettings;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.streams.activation.PolicyLease;
import io.searchloop.streams.feed.ConsumerSettings;
import io.searchloop.streams.heads.HeadQuery;
import io.searchloop.streams.inference.RewriteSampler;
import io.searchloop.streams.signal.ProducerSettings;
import io.searchloop.streams.testing.Deciders;
import io.searchloop.streams.testing.Slots;
import io.searchloop.streams.testing.TestBroker;
import io.searchloop.streams.testing.TestRegistry;
import io.searchloop.testkit.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Caches of several workers over one real topic. */
@Timeout(120)
class SlateFeedIT {
  private static final QueryContext SHOES = new QueryContext("shoes", "");

  @TempDir Path directory;
  private TestBroker broker;
  private TestRegistry registry;

  @BeforeEach
  void start() throws Exception {
    broker = new TestBroker(directory);
    registry = new TestRegistry();
  }

  @AfterEach
  void close() {
    registry.close();
    broker.close();
  }

  @Test
  void isTheSameOnEveryWorkerAndAfterARestartAndIsNotFilledAgain() {
    try (Cache one = new Cache(1)) {
      one.fill();
      String slate = one.await();
      try (Cache two = new Cache(2)) {
        assertThat(two.await()).isEqualTo(slate);
        two.fill();
        assertThat(two.slots.metrics.slates()).doesNotContainKey("filled");
      }
    }
  }

  @Test
  void agreesOnTheFirstOfTwoFillsAndTombstonesTheOther() {
    try (Cache one = new Cache(1);
        Cache two = new Cache(2)) {
      one.fill();
      two.fill(); // perhaps before it has read the first, perhaps after
      String slate = one.await();

      assertThat(two.await()).isEqualTo(slate);
      try (Cache later = new Cache(3)) {
        assertThat(later.await()).isEqualTo(slate);
      }
    }
  }

  @Test
  void leavesNothingOfAWithdrawnVersionOnTheTopic() {
    try (Cache one = new Cache(1)) {
      one.fill();
      one.await();
      one.slots.promoteNext();
      assertThat(one.slots.slates.size()).isZero();
      one.slots.rollBack();
      await(() -> one.slots.metrics.slates().getOrDefault("tombstoned", 0L) == 1);
      one.fill();
      String again = one.await();

      try (Cache earlier = new Cache(2)) { // serves the version in its first lineage
        await(() -> earlier.feed.caughtUp());
        assertThat(earlier.find()).isEmpty();
        earlier.slots.promoteNext();
        earlier.slots.rollBack();
        assertThat(earlier.await()).isEqualTo(again);
      }
    }
  }

  private static void await(BooleanSupplier condition) {
    Eventually.present(() -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /** The cache of one worker. */
  private final class Cache implements AutoCloseable {
    private final Slots slots = Slots.filled();
    private final SlateFeed feed;
    private final KafkaSlateLog log;
    private final SlateFiller filler;

    Cache(long seed) {
      String worker = "worker-" + seed;
      feed =
          new SlateFeed(
              new ConsumerSettings(Brokers.at(broker.bootstrapServers())),
              registry.serdes(),
              slots.slates,
              worker,
              slots.metrics);
      log =
          new KafkaSlateLog(
              new ProducerSettings(Brokers.at(broker.bootstrapServers())).producer(worker),
              registry.serdes(),
              slots.metrics,
              Duration.ofSeconds(5));
      SlateMaker maker =
          new SlateMaker(
              slots.active,
              () -> Deciders.EPOCH,
              (format, context) -> format.prompt(context),
              new RewriteSampler(new SamplerSettings(Deciders.CANDIDATES, Deciders.TEMPERATURE)),
              Deciders.SLATE_SIZE,
              slots.slates,
              log,
              worker,
              InstantSource.system(),
              new SplittableRandom(seed),
              slots.metrics);
      filler =
          new SlateFiller(
              maker,
              feed::caughtUp,
              List::<HeadQuery>of,
              1,
              InstantSource.system(),
              () -> 0,
              slots.metrics);
      feed.start();
      SlateFeedIT.await(feed::caughtUp);
      filler.start();
    }

    void fill() {
      filler.missed(SHOES);
    }

    /** Id of the slate, once it is there. */
    String await() {
      return Eventually.present(this::find);
    }

    Optional<String> find() {
      try (PolicyLease lease = slots.active.acquire().orElseThrow()) {
        int[] prompt = lease.policy().format().prompt(SHOES);
        String key = GroupKey.of(SHOES, prompt, Deciders.EPOCH, lease.identity().lineage());
        return slots
            .slates
            .find(lease.identity(), Deciders.EPOCH, key, lease.policy().format())
            .map(Slate::slateId);
      }
    }

    @Override
    public void close() {
      filler.close();
      log.close();
      feed.close();
      slots.close();
    }
  }
}
