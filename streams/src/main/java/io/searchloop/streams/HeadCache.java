package io.searchloop.streams;

import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.streams.activation.PolicySlot;
import io.searchloop.streams.catalogue.Catalogue;
import io.searchloop.streams.catalogue.CatalogueEpoch;
import io.searchloop.streams.feed.ConsumerSettings;
import io.searchloop.streams.heads.HeadSet;
import io.searchloop.streams.inference.RewriteSampler;
import io.searchloop.streams.lease.Lease;
import io.searchloop.streams.metrics.ServingMetrics;
import io.searchloop.streams.signal.ProducerSettings;
import io.searchloop.streams.slates.KafkaSlateLog;
import io.searchloop.streams.slates.PromptSource;
import io.searchloop.streams.slates.SlateFeed;
import io.searchloop.streams.slates.SlateFiller;
import io.searchloop.streams.slates.SlateMaker;
import io.searchloop.streams.slates.SlateStore;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The feed and the filler of the cache of head queries, wired; neither runs without capacity. */
final class HeadCache implements AutoCloseable {
  private static final long NO_EPOCH = 0;

  private final @Nullable Parts parts;

  HeadCache(
      ServingConfig config,
      ConsumerSettings consumers,
      Serdes serdes,
      SlateStore store,
      PolicySlot active,
      Catalogue catalogue,
      PromptSource prompts,
      HeadSet heads,
      InstantSource clock,
      RandomGenerator random,
      ServingMetrics metrics) {
    if (!store.enabled()) {
      parts = null;
      return;
    }
    SplittableRandom own = new SplittableRandom(random.nextLong());
    String worker = "%016x".formatted(own.nextLong());
    KafkaSlateLog log =
        new KafkaSlateLog(
            new ProducerSettings(consumers.bootstrapServers()).producer("slate-filler"),
            serdes,
            metrics,
            config.drain());
    SlateFeed feed = new SlateFeed(consumers, serdes, store, worker, metrics);
    SlateMaker maker =
        new SlateMaker(
            active,
            () -> epoch(catalogue),
            prompts,
            new RewriteSampler(config.sampler()),
            config.slateSize(),
            store,
            log,
            worker,
            clock,
            own,
            metrics);
    SlateFiller filler =
        new SlateFiller(
            maker,
            feed::caughtUp,
            heads::order,
            config.slateCpuShare(),
            clock,
            ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime,
            metrics);
    parts = new Parts(feed, filler, log);
  }

  void start() {
    if (parts != null) {
      parts.feed().start();
      parts.filler().start();
    }
  }

  /** Whether it still reads. */
  boolean alive() {
    return parts == null || parts.feed().alive();
  }

  /** Asks for the slate of a head query that had none. */
  void missed(QueryContext context) {
    if (parts != null) {
      parts.filler().missed(context);
    }
  }

  @Override
  public void close() {
    if (parts != null) {
      parts.filler().close();
      parts.log().close();
      parts.feed().close();
    }
  }

  /** Epoch as requests name it, which is in every group key. */
  private static long epoch(Catalogue catalogue) {
    return catalogue.acquire().map(HeadCache::epoch).orElse(NO_EPOCH);
  }

  private static long epoch(Lease<CatalogueEpoch> lease) {
    try (lease) {
      return lease.get().engine().epoch();
    }
  }

  /** What runs. */
  private record Parts(SlateFeed feed, SlateFiller filler, KafkaSlateLog log) {}
}
