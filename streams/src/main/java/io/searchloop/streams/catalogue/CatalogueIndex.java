package io.searchloop.streams.catalogue;

import io.searchloop.schemas.Product;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.streams.lease.CountedResource;
import io.searchloop.streams.lease.Lease;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine over the newest epoch whose marker has been read. Products of an epoch precede its
 * marker, so whatever epoch is searched is whole.
 *
 * <p>{@link #acquire} is safe for any thread; the rest belongs to the feed's thread.
 */
final class CatalogueIndex implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CatalogueIndex.class);
  private static final long NONE = -1;

  private final TreeMap<Long, Map<String, io.searchloop.search.engine.Product>> epochs =
      new TreeMap<>();
  private final AtomicReference<@Nullable CountedResource<CatalogueEpoch>> current =
      new AtomicReference<>();
  private final CompletableFuture<Void> indexed = new CompletableFuture<>();
  private final Function<LuceneSearchEngine, CatalogueEpoch> opening;
  private final BiConsumer<Long, Long> onIndexed;
  private long complete = NONE;
  private long searched = NONE;

  /**
   * @param opening what is answered from an index
   * @param onIndexed hears epoch and number of products of each new engine
   */
  CatalogueIndex(
      Function<LuceneSearchEngine, CatalogueEpoch> opening, BiConsumer<Long, Long> onIndexed) {
    this.opening = opening;
    this.onIndexed = onIndexed;
  }

  /** Takes note of a product or of an epoch marker. */
  void accept(Product record) {
    if (record.getEpochMarker()) {
      complete = Math.max(complete, record.getEpoch());
    } else if (record.getEpoch() > searched) {
      epochs
          .computeIfAbsent(record.getEpoch(), epoch -> new LinkedHashMap<>())
          .put(record.getProductId(), product(record));
    }
  }

  /**
   * Indexes the newest complete epoch unless it is searched already. An epoch that cannot be opened
   * is left as it was, so that settling again tries it again.
   */
  void settle() {
    if (complete <= searched) {
      return;
    }
    Map<String, io.searchloop.search.engine.Product> products =
        epochs.getOrDefault(complete, Map.of());
    LuceneSearchEngine engine = LuceneSearchEngine.index(products.values(), complete, Bm25.DEFAULT);
    CatalogueEpoch epoch = open(engine);
    searched = complete;
    epochs.headMap(complete, true).clear();
    replaceWith(new CountedResource<>(epoch, epoch::close));
    onIndexed.accept(engine.epoch(), engine.documents());
    indexed.complete(null);
    log.info("Catalogue indexed: epoch={} products={}", engine.epoch(), engine.documents());
  }

  /** A lease on the epoch; empty before the first epoch. */
  Optional<Lease<CatalogueEpoch>> acquire() {
    for (CountedResource<CatalogueEpoch> engine = current.get();
        engine != null;
        engine = current.get()) {
      Optional<Lease<CatalogueEpoch>> lease = engine.acquire();
      if (lease.isPresent()) {
        return lease;
      }
    }
    return Optional.empty();
  }

  CompletableFuture<Void> indexed() {
    return indexed.copy();
  }

  @Override
  public void close() {
    replaceWith(null);
  }

  /** What an index answers; the index is closed when that cannot be opened. */
  private CatalogueEpoch open(LuceneSearchEngine engine) {
    try {
      return opening.apply(engine);
    } catch (RuntimeException | Error e) {
      try (engine) {
        throw e;
      }
    }
  }

  private void replaceWith(@Nullable CountedResource<CatalogueEpoch> next) {
    CountedResource<CatalogueEpoch> previous = current.getAndSet(next);
    if (previous != null) {
      previous.retire();
    }
  }

  private static io.searchloop.search.engine.Product product(Product record) {
    return new io.searchloop.search.engine.Product(
        record.getProductId(),
        record.getTitle(),
        record.getDescription(),
        record.getCategory(),
        record.getBrand(),
        record.getAttributes());
  }
}
