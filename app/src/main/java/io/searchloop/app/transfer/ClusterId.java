package io.searchloop.app.transfer;

import io.searchloop.schemas.client.Brokers;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Kafka's own name for a cluster, which says whose offsets a number is one of. */
final class ClusterId {
  private static final long PATIENCE_SECONDS = 60;

  private ClusterId() {}

  static String of(Brokers brokers) {
    try (Admin admin = Admin.create(brokers.with(Map.of()))) {
      return admin.describeCluster().clusterId().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "%s does not say its cluster id: %s. Is it there, and does --client-config fit?"
              .formatted(brokers, e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking " + brokers, e);
    }
  }
}
