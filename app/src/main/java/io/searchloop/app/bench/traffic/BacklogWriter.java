package io.searchloop.app.bench.traffic;

import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.Serdes;

/** Lays traffic down before anything is measured, so that every run reads the same bytes. */
public final class BacklogWriter {
  private final Brokers bootstrapServers;
  private final Serdes serdes;

  /** A writer to a cluster; it connects with the first backlog. */
  public BacklogWriter(Brokers bootstrapServers, Serdes serdes) {
    this.bootstrapServers = bootstrapServers;
    this.serdes = serdes;
  }

  /** Writes all traffic of a shape to topics under a prefix. */
  public Backlog write(String prefix, TrafficShape shape) {
    try (TrafficPublisher publisher = new TrafficPublisher(bootstrapServers, serdes, prefix)) {
      publisher.publish(BenchRewards.config(shape));
      Traffic traffic = new Traffic(shape);
      long records = 0;
      long before = 0;
      long bytes = 0;
      while (traffic.hasNext()) {
        TrafficRecord record = traffic.next();
        bytes += publisher.publish(record);
        records++;
        if (record.arrivesAt() < traffic.trafficBegins()) {
          before++;
        }
      }
      publisher.flush();
      return new Backlog(prefix, shape, records, before, bytes);
    }
  }
}
