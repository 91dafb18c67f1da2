package io.searchloop.streams.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class JsonTest {
  /** Jackson takes bytes that begin like this for UTF-32 and fails otherwise than on bad JSON. */
  private static final byte[] NO_UTF = {0, 0, 0, 0x7b, 0x7f, 0, 0, 0};

  @Test
  void bytesThatAreNoTextAreTheClientsProblem() {
    assertThatThrownBy(() -> Json.object(ByteBuffer.wrap(NO_UTF)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("Body is not JSON");
  }
}
