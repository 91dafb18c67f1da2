package io.searchloop.streams.catalogue;

import io.searchloop.schemas.Topics;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.search.engine.RetrievalChoice;
import io.searchloop.search.query.SearchRule;
import io.searchloop.search.suggest.PastQuery;
import io.searchloop.streams.feed.ConsumerSettings;
import io.searchloop.streams.feed.FeedListener;
import io.searchloop.streams.feed.Source;
import io.searchloop.streams.feed.TopicFeed;
import io.searchloop.streams.lease.Lease;
import io.searchloop.streams.metrics.ServingMetrics;
import io.searchloop.streams.rules.RuleBook;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What the shop can find, always of one whole epoch, read from the catalogue topic. */
public final class ServingCatalogue implements Catalogue, AutoCloseable {
  private final CatalogueIndex index;
  private final TopicFeed feed;

  /**
   * @param rule how queries are searched
   * @param retrieval what finds products
   * @param rules which corrections they allow
   * @param past what shoppers asked before, for suggestions
   * @param listener hears of its feed
   */
  public ServingCatalogue(
      SearchRule rule,
      RetrievalChoice retrieval,
      RuleBook rules,
      List<PastQuery> past,
      ConsumerSettings consumers,
      Serdes serdes,
      ServingMetrics metrics,
      FeedListener listener) {
    this.index =
        new CatalogueIndex(
            index ->
                CatalogueEpoch.of(
                    index, retrieval.over(index), rules.over(rule.over(index.vocabulary())), past),
            metrics::catalogue);
    this.feed =
        new TopicFeed(
            "catalogue-feed",
            () -> consumers.consumer("catalogue-feed"),
            List.of(
                new Source<>(
                    Topics.PRODUCTS,
                    serdes.of(Topics.PRODUCTS),
                    (offset, product) -> index.accept(product))),
            index::settle,
            listener);
  }

  /** Starts reading. */
  public void start() {
    feed.start();
  }

  /** Whether it still reads. */
  public boolean alive() {
    return feed.alive();
  }

  @Override
  public Optional<Lease<CatalogueEpoch>> acquire() {
    return index.acquire();
  }

  /** Completes with the first epoch. */
  public CompletableFuture<Void> indexed() {
    return index.indexed();
  }

  @Override
  public void close() {
    feed.close();
    index.close();
  }
}
