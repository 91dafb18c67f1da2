package io.searchloop.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What {@code ./searchloop} puts on the class path has every class that ours name. Tests see more
 * than users do: a library of test scope is there for them alone.
 */
class ClassPathIT {
  private static final Path LIBRARIES = Path.of("target", "lib");

  /** Contains the Confluent client as it came, whose optional parts nobody calls. */
  private static final String REPACKAGED = "searchloop-schema-registry-client";

  @Test
  void everyClassThatOursNameIsThere() throws IOException {
    List<String> libraries = libraries();
    List<String> ours =
        libraries.stream()
            .filter(library -> library.contains("searchloop-") && !library.contains(REPACKAGED))
            .toList();
    List<String> command = new ArrayList<>(List.of("--multi-release", "17", "--missing-deps"));
    command.addAll(List.of("--class-path", String.join(File.pathSeparator, libraries)));
    command.add(Path.of("target", "classes").toString());
    command.addAll(ours);

    StringWriter found = new StringWriter();
    PrintWriter out = new PrintWriter(found);
    int exit =
        ToolProvider.findFirst("jdeps").orElseThrow().run(out, out, command.toArray(String[]::new));

    assertThat(ours).hasSizeGreaterThan(5);
    assertThat(exit).as(found.toString()).isZero();
    assertThat(found.toString()).isEmpty();
  }

  private static List<String> libraries() throws IOException {
    try (Stream<Path> libraries = Files.list(LIBRARIES)) {
      return libraries.map(Path::toString).sorted().toList();
    }
  }
}
