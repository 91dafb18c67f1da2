package io.searchloop.streams.inference;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtProvider;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class ProviderTest {
  @Test
  void theProcessorIsAlwaysThere() {
    assertThatCode(Provider.CPU::require).doesNotThrowAnyException();
  }

  @Test
  void saysWhatToInstallWhenTheBuildHasNoCuda() {
    assertThatThrownBy(() -> Provider.CUDA.require(EnumSet.of(OrtProvider.CPU)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("serving.provider is cuda, but this build")
        .hasMessageContaining("./mvnw -Pcuda")
        .hasMessageContaining("serving.provider=cpu");
  }
}
