package io.searchloop.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.searchloop.fuzzing.Bounds;
import io.searchloop.fuzzing.Parts;
import io.searchloop.schemas.config.Arguments;
import io.searchloop.schemas.config.InvalidConfigurationException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A file of settings, as every main class and the command line read it. */
class SettingsFuzz {
  private static final Path FILE = Parts.folder("settings").resolve("loop.properties");

  /** A section each, since a search is the faster the less it has to read. */
  static Stream<byte[]> seeds() {
    Map<String, String> sections =
        LoopSettings.known().entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    each -> each.getKey().substring(0, each.getKey().lastIndexOf('.')),
                    TreeMap::new,
                    Collectors.mapping(
                        each -> each.getKey() + "=" + each.getValue().split("\t", 2)[0],
                        Collectors.joining("\n"))));
    return Stream.concat(
            sections.values().stream(),
            Stream.of("trainer.learning-rate=0\ntrianer.seed=1\n# c\\u0041\n"))
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void binds(byte[] input) throws Exception {
    Files.write(FILE, input);
    Bounds.within(input.length, SettingsFuzz::check);
  }

  private static void check() {
    Map<String, String> values;
    try {
      values = Arguments.read(FILE.toString());
    } catch (InvalidConfigurationException e) {
      Bounds.requireNamed(e, FILE.toString());
      return;
    }
    try {
      assertThat(LoopSettings.of(values, false)).isEqualTo(LoopSettings.of(values, false));
    } catch (InvalidConfigurationException e) {
      Bounds.requireNamed(e);
    }
  }
}
