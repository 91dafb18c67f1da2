package io.searchloop.app.bench.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.trainer.network.NetworkConfig;
import org.junit.jupiter.api.Test;

class TrainedLossTest {
  /**
   * One layer of width 4: attention 4 * 16, feed-forward 3 * 4 * 8, in all 160; a head of 10 * 4.
   */
  private static final NetworkConfig NETWORK =
      new NetworkConfig(10, 4, 1, 2, 2, 8, 16, 10_000, 1e-5);

  @Test
  void floorCountsLayersForAllTokensAndTheHeadForPredictedOnes() {
    assertThat(NETWORK.layerMatrixParameters()).isEqualTo(160);
    assertThat(TrainedLoss.SFT.floor(NETWORK, 100, 30)).isEqualTo(6 * (160 * 100 + 40 * 30));
  }

  @Test
  void lossesWithAReferenceAddItsForwardPass() {
    assertThat(TrainedLoss.GRPO.floor(NETWORK, 100, 30)).isEqualTo(8 * (160 * 100 + 40 * 30));
    assertThat(TrainedLoss.DPO.floor(NETWORK, 100, 30))
        .isEqualTo(TrainedLoss.GRPO.floor(NETWORK, 100, 30));
  }
}
