package io.searchloop.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.log.TopicLog;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.search.engine.Product;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstRecordsIT {
  /** The marker says that a catalogue is whole, and no later start would look again. */
  @Test
  void aCatalogueThatKafkaTakesOnlyInPartIsNotMarkedAsPublished(@TempDir Path data) {
    try (EmbeddedBroker broker = EmbeddedBroker.start(data, new BrokerConfig(0, 0));
        EmbeddedRegistry registry =
            EmbeddedRegistry.start(Brokers.at(broker.bootstrapServers()), new RegistryConfig(0))) {
      Brokers brokers = Brokers.at(broker.bootstrapServers());
      Serdes serdes = new Serdes(registry.url(), false);
      new Groundwork(brokers, serdes).layTopics(1);
      FirstRecords first = new FirstRecords(brokers, serdes);
      Product fine = product("p1", "Seats three.");
      Product huge = product("p2", "x".repeat(2 << 20));

      assertThatThrownBy(() -> first.publishCatalogue("shop", List.of(huge, fine)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("takes no record of p2");
      first.publishCatalogue("shop", List.of(fine));

      assertThat(TopicLog.readAll(Topics.PRODUCTS, brokers, serdes))
          .extracting(located -> located.value().getProductId())
          .containsExactly("p1", "p1", "epoch/1");
    }
  }

  private static Product product(String id, String description) {
    return new Product(id, "Sofa", description, "", "", Map.of());
  }
}
