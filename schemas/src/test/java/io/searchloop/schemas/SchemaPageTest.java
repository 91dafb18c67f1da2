package io.searchloop.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SchemaPageTest {
  private static final Path PAGE = Path.of("..", "docs", "schemas.md");
  private static final String COMMAND =
      "./mvnw -pl schemas -am test -Dtest=SchemaPageTest -Dsearchloop.write-docs=true"
          + " -Dsurefire.failIfNoSpecifiedTests=false";

  @Test
  void thePageSaysWhatTheSchemasSay() throws Exception {
    String written = SchemaPage.write(Topics.ALL);
    if (Boolean.getBoolean("searchloop.write-docs")) {
      Files.writeString(PAGE, written);
    }

    assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
        .as("docs/schemas.md is not what schemas/avro says. Write it again: " + COMMAND)
        .isEqualTo(written);
  }
}
