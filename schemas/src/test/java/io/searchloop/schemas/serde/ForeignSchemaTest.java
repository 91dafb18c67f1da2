package io.searchloop.schemas.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A registry that others write to also: a record may name any schema of theirs. */
class ForeignSchemaTest {
  private HttpServer registry;

  @BeforeEach
  void start() throws IOException {
    registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.start();
  }

  @AfterEach
  void stop() {
    registry.stop(0);
  }

  @Test
  void aRecordOfAProtobufSchemaIsUndecodable() {
    knows("{\"schemaType\":\"PROTOBUF\",\"schema\":\"syntax = \\\"proto3\\\";\"}");

    assertUnknown();
  }

  @Test
  void soIsOneOfAnAvroSchemaThatCannotBeParsed() {
    knows("{\"schema\":\"{\\\"type\\\":\\\"record\\\"}\"}");

    assertUnknown();
  }

  /** Nothing is known of the record then, and it must be read again. */
  @Test
  void aRegistryThatIsAwayIsAnotherMatter() {
    registry.stop(0);

    assertThatThrownBy(this::read).isInstanceOf(UncheckedIOException.class);
  }

  private void knows(String schema) {
    registry.createContext(
        "/schemas/ids/7",
        exchange -> {
          byte[] body = schema.getBytes(UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
  }

  private void assertUnknown() {
    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            UndecodableRecordException.class,
            e -> assertThat(e.reason()).isEqualTo(DeadLetterReason.UNKNOWN_SCHEMA))
        .hasMessageContaining("search.events.v1: schema id 7 is of no Avro schema");
  }

  private void read() {
    String address = "http://127.0.0.1:" + registry.getAddress().getPort();
    byte[] bytes = ByteBuffer.allocate(9).put((byte) 0).putInt(7).putInt(42).array();
    new Serdes(address, false).of(Topics.EVENTS).deserialize(bytes);
  }
}
