package io.searchloop.streams.activation;

import io.searchloop.schemas.Topics;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.streams.feed.ConsumerSettings;
import io.searchloop.streams.feed.FeedListener;
import io.searchloop.streams.feed.Source;
import io.searchloop.streams.feed.TopicFeed;
import java.util.List;

/**
 * Tells the activator what the release and control topics say, on a thread of its own, so that a
 * control record is obeyed within a poll and no request ever waits for a swap.
 */
public final class PolicyFeed implements AutoCloseable {
  private final TopicFeed feed;

  public PolicyFeed(
      ConsumerSettings consumers, Serdes serdes, Activator activator, FeedListener listener) {
    this.feed =
        new TopicFeed(
            "policy-feed",
            () -> consumers.consumer("policy-feed"),
            List.of(
                new Source<>(
                    Topics.POLICY_RELEASES, serdes.of(Topics.POLICY_RELEASES), activator::release),
                new Source<>(
                    Topics.POLICY_CONTROL, serdes.of(Topics.POLICY_CONTROL), activator::control)),
            activator::settle,
            activator::retryDue,
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
  public void close() {
    feed.close();
  }
}
