package io.searchloop.app.console;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.schemas.access.Person;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ActionJsonTest {
  /** Jackson takes bytes that begin like this for UTF-32 and fails otherwise than on bad JSON. */
  private static final byte[] NO_UTF = {0, 0, 0, 0x7b, 0x7f, 0, 0, 0};

  @Test
  void bytesThatAreNoTextAreTheClientsProblem() {
    assertThatThrownBy(() -> PolicyOrder.read(ByteBuffer.wrap(NO_UTF), Person.ANYBODY))
        .isInstanceOf(ConsoleProblem.class)
        .hasMessageContaining("Body is not JSON");
  }
}
