package io.searchloop.app.launcher;

import io.searchloop.schemas.config.Setting;

/**
 * What the loop runs on.
 *
 * @param kafka bootstrap servers of an external Kafka; empty starts the embedded broker
 * @param registry address of an external schema registry; empty starts the embedded one
 * @param clientConfig file with what an external Kafka and registry ask of clients; empty for the
 *     one that the environment names, or none
 * @param partitions partitions of the topics that may have more than one
 * @param goldenQueries judged training queries on which the release gate tries every release; 0 for
 *     none
 */
public record LoopConfig(
    @Setting(value = "", help = "bootstrap servers of an external Kafka; empty: embedded")
        String kafka,
    @Setting(value = "", help = "URL of an external schema registry; empty: embedded")
        String registry,
    @Setting(
            value = "",
            help = "file of TLS, SASL and registry settings; empty: of the environment")
        String clientConfig,
    @Setting(value = "2", help = "partitions of event, decision and reward topics") int partitions,
    @Setting(value = "0", help = "judged training queries the release gate searches for; 0: none")
        int goldenQueries) {
  public LoopConfig {
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions is " + partitions + ", expected at least 1");
    }
    if (goldenQueries < 0) {
      throw new IllegalArgumentException(
          "golden-queries is " + goldenQueries + ", expected zero or more");
    }
  }
}
