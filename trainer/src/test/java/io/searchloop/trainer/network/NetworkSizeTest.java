package io.searchloop.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkSizeTest {
  @ParameterizedTest
  @CsvSource({
    "1m, 2048, 8", "3m, 2048, 8", "10m, 8192, 3", "30m, 8192, 3", "100m, 32000, 3",
    "0.5b, 32000, 3", "1b, 32000, 3", "1.5b, 32000, 3", "7b, 32000, 3", "70b, 128256, 3"
  })
  void findsAShapeOfTheSizeInTheUsualProportions(String size, int vocabulary, int percent) {
    NetworkConfig shape = NetworkSize.parse(size).shape(vocabulary, 64);

    assertThat(shape.parameterCount())
        .isCloseTo(NetworkSize.parse(size).parameters(), withinPercentage(percent));
    assertThat(shape.width() / shape.layers()).isBetween(20, 200);
    assertThat(shape.vocabularySize()).isEqualTo(vocabulary);
  }

  @Test
  void wideNetworksShareKeysAmongFourHeads() {
    assertThat(NetworkSize.parse("7b").shape(32_000, 64).headsPerGroup()).isEqualTo(4);
    assertThat(NetworkSize.parse("10m").shape(8_192, 64).headsPerGroup()).isEqualTo(1);
  }

  @Test
  void refusesWhatIsNoSize() {
    assertThatThrownBy(() -> NetworkSize.parse("ten"))
        .hasMessageContaining("`ten`")
        .hasMessageContaining("such as 10m");
    assertThatThrownBy(() -> NetworkSize.parse("1m").shape(151_936, 64))
        .hasMessageContaining("vocabulary of 151936");
  }
}
