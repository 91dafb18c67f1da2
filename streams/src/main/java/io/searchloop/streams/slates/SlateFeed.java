package io.searchloop.streams.slates;

import io.searchloop.schemas.HeadSlate;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.streams.feed.ConsumerSettings;
import io.searchloop.streams.feed.FeedListener;
import io.searchloop.streams.feed.Source;
import io.searchloop.streams.feed.TopicFeed;
import java.util.List;

/**
 * Tells the store what the cache topic says, from its first record on: what any worker filled is
 * there for all, and after a restart.
 */
public final class SlateFeed implements AutoCloseable {
  private final SlateStore store;
  private final String worker;
  private final TopicFeed feed;
  private volatile boolean caughtUp;

  /**
   * @param worker name this worker writes its slates under
   */
  public SlateFeed(
      ConsumerSettings consumers,
      Serdes serdes,
      SlateStore store,
      String worker,
      FeedListener listener) {
    this.store = store;
    this.worker = worker;
    this.feed =
        new TopicFeed(
            "slate-feed",
            () -> consumers.consumer("slate-feed"),
            List.of(
                new Source<>(
                    Topics.HEAD_SLATES,
                    serdes.of(Topics.HEAD_SLATES),
                    (offset, slate) -> accept(slate),
                    key -> store.tombstoned(SlateKey.parse(key)))),
            () -> caughtUp = true,
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

  /** Whether everything was read that existed at the start: before, a fill may repeat another. */
  public boolean caughtUp() {
    return caughtUp;
  }

  @Override
  public void close() {
    feed.close();
  }

  /** Slates of an earlier life have no other owner left than those who start after them. */
  private void accept(HeadSlate slate) {
    store.accept(slate, !caughtUp || slate.getFilledBy().equals(worker));
  }
}
