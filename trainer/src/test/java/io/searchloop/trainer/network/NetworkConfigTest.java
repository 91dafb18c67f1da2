package io.searchloop.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkConfigTest {

  @Test
  void demoHasAboutAMillionParameters() {
    // Embedding 2048 * 128; each layer 4 * 128^2 + 3 * 128 * 344 + 2 * 128; final norm 128.
    assertThat(NetworkConfig.demo().parameterCount()).isEqualTo(262_144 + 4 * 197_888 + 128);
  }

  @Test
  void propertiesRebuildTheConfiguration() {
    assertThat(NetworkConfig.fromProperties(TinyNetworks.GROUPED.toProperties()))
        .isEqualTo(TinyNetworks.GROUPED);
  }

  @Test
  void missingPropertyIsNamed() {
    assertThatThrownBy(
            () -> NetworkConfig.fromProperties(Map.of("network.width", "16", "network.heads", "4")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("network.vocabulary-size");
  }

  @Test
  void headsMustDivideWidthAndKeyValueHeadsMustDivideHeads() {
    assertThatThrownBy(() -> new NetworkConfig(32, 18, 1, 4, 4, 8, 8, 10_000, 1e-5))
        .hasMessageContaining("width: found 18");
    assertThatThrownBy(() -> new NetworkConfig(32, 16, 1, 4, 3, 8, 8, 10_000, 1e-5))
        .hasMessageContaining("keyValueHeads: found 3");
  }

  @Test
  void everyLayoutSurvivesItsProperties() {
    for (NetworkConfig config : new NetworkConfig[] {TinyNetworks.BIASED, TinyNetworks.UNTIED}) {
      assertThat(NetworkConfig.fromProperties(config.toProperties())).isEqualTo(config);
    }
  }

  @Test
  void propertiesFromBeforeOtherLayoutsMeanOurOwn() {
    Map<String, String> properties = new HashMap<>(TinyNetworks.GROUPED.toProperties());
    properties
        .keySet()
        .removeAll(
            List.of(
                "network.head-dim",
                "network.attention-bias",
                "network.tied-head",
                "network.rope-scaling"));

    assertThat(NetworkConfig.fromProperties(properties)).isEqualTo(TinyNetworks.GROUPED);
  }

  @Test
  void shapesThatNoMemoryHoldsAreRefused() {
    assertThatThrownBy(() -> with("layers", "2000000000")).hasMessageContaining("at most 1000");
    assertThatThrownBy(() -> with("heads", "1073741824")).hasMessageContaining("heads");
    assertThatThrownBy(() -> with("heads", "0")).hasMessageContaining("heads: found 0");
  }

  @Test
  void propertiesThatAreNoNumbersAreNamed() {
    assertThatThrownBy(() -> with("width", "wide"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("`network.width` is 'wide'");
    assertThatThrownBy(() -> with("rope-scaling", "NONE")).hasMessageContaining("network.rope");
    assertThatThrownBy(() -> with("rope-theta", "Infinity")).hasMessageContaining("both finite");
  }

  private static NetworkConfig with(String property, String value) {
    Map<String, String> properties = new java.util.HashMap<>(NetworkConfig.demo().toProperties());
    properties.put("network." + property, value);
    return NetworkConfig.fromProperties(properties);
  }
}
