package io.searchloop.app.fleet;

import io.searchloop.schemas.client.Brokers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;

/**
 * What a fleet has used up so far.
 *
 * @param cpu of each process
 * @param bytes that each topic has on the brokers' disks, compressed as producers compress
 * @param searches that shoppers asked
 * @param events that workers confirmed
 */
record Meter(Map<String, Duration> cpu, Map<String, Long> bytes, long searches, long events) {

  /** Reads all of it. */
  static Meter read(Fleet fleet, SeveralWorkers workers) {
    Map<String, Duration> cpu = new TreeMap<>();
    fleet
        .components()
        .forEach(
            component -> cpu.merge(component.name(), component.process().cpu(), Duration::plus));
    return new Meter(cpu, bytes(fleet.brokers()), workers.searches(), workers.taken().size());
  }

  /** Bytes on the brokers' disks, by topic. */
  static Map<String, Long> bytes(Brokers brokers) {
    Map<String, Long> bytes = new TreeMap<>();
    try (Admin admin = Admin.create(brokers.with(Map.of()))) {
      var nodes = admin.describeCluster().nodes().get().stream().map(node -> node.id()).toList();
      for (Map<String, LogDirDescription> folders :
          admin.describeLogDirs(nodes).allDescriptions().get().values()) {
        folders
            .values()
            .forEach(
                folder ->
                    folder
                        .replicaInfos()
                        .forEach(
                            (at, replica) -> bytes.merge(at.topic(), replica.size(), Long::sum)));
      }
      return bytes;
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka does not tell the sizes of its topics", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while Kafka was asked", e);
    }
  }
}
