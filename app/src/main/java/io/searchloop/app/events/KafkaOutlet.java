package io.searchloop.app.events;

import io.searchloop.storefront.Delivery;
import io.searchloop.storefront.DeliveryCounts;
import io.searchloop.storefront.StorefrontProducer;
import io.searchloop.storefront.StorefrontSettings;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Sends events to Kafka as a storefront in Java does, no faster than they are stored. */
public final class KafkaOutlet implements EventOutlet {
  private static final int UNDER_WAY = 5_000;

  private static final long LOOK_MS = 100;

  private final StorefrontProducer producer;
  private final Semaphore room = new Semaphore(UNDER_WAY);
  private final AtomicReference<Delivery.@Nullable Lost> firstLoss = new AtomicReference<>();

  /** Connects. */
  public KafkaOutlet(StorefrontSettings settings) {
    this.producer = StorefrontProducer.connect(settings.withCapacity(UNDER_WAY));
  }

  @Override
  public void accept(CheckedLine event) {
    refuseLoss();
    room.acquireUninterruptibly();
    var unused = producer.send(event.event()).thenAccept(this::settle);
  }

  @Override
  public void close() {
    awaitAllOrALoss();
    producer.close();
    refuseLoss();
  }

  /** Where Kafka is away each event takes its whole patience: the first says enough. */
  private void awaitAllOrALoss() {
    try {
      while (firstLoss.get() == null
          && !room.tryAcquire(UNDER_WAY, LOOK_MS, TimeUnit.MILLISECONDS)) {
        // still under way
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public long stored() {
    return producer.counts().stored();
  }

  private void settle(Delivery delivery) {
    if (delivery instanceof Delivery.Lost lost) {
      firstLoss.compareAndSet(null, lost);
    }
    room.release();
  }

  private void refuseLoss() {
    Delivery.Lost lost = firstLoss.get();
    if (lost != null) {
      DeliveryCounts counts = producer.counts();
      throw new IllegalStateException(
          "%d of %d events were stored; the first of the others: %s. Send the file again: events with an event_id count once."
              .formatted(counts.stored(), counts.given(), lost.detail()));
    }
  }
}
