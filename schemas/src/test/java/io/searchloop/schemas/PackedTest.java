package io.searchloop.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PackedTest {
  @Test
  void readsBackAsOftenAsAsked() {
    ByteBuffer ints = Packed.ints(1, -2, Integer.MAX_VALUE);
    ByteBuffer floats = Packed.floats(-0.5f, Float.MIN_VALUE);

    assertThat(Packed.ints(ints)).containsExactly(1, -2, Integer.MAX_VALUE);
    assertThat(Packed.ints(ints)).as("position untouched").hasSize(3);
    assertThat(Packed.floats(floats)).containsExactly(-0.5f, Float.MIN_VALUE);
    assertThat(ints.get(0)).as("little-endian").isEqualTo((byte) 1);
  }

  @Test
  void refusesHalfANumber() {
    assertThatThrownBy(() -> Packed.floats(ByteBuffer.allocate(6))).hasMessageContaining("6 bytes");
  }
}
