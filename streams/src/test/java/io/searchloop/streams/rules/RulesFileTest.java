package io.searchloop.streams.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesFileTest {
  @TempDir private Path folder;

  @Test
  void readsEveryKindOfRuleAndSkipsComments() throws IOException {
    Rules rules =
        read(
            """
            # brands
            keep makita
              keep  Black & Decker

            keep-model-numbers
            block replica
            block-rewrite cheap sofa
            pin couch => sofa couch
            never-rewrite gift card
            """);

    assertThat(rules.size()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "forbid x | line 2: 'forbid', expected one of: keep WORDS",
        "keep | line 2: '' has no letter and no digit, expected keep WORDS",
        "block ... | line 2: '...' has no letter and no digit",
        "keep-model-numbers wd40 | line 2: 'wd40' behind keep-model-numbers, expected nothing",
        "pin couch | line 2: 0 arrows, expected pin QUERY => REWRITE",
        "pin a => b => c | line 2: 2 arrows",
        "pin => sofa | line 2: '' has no letter",
        "pin Couch => couch! | line 2: the rewrite repeats the query 'Couch'",
      })
  void refusesALineThatItCannotUse(String line, String problem) {
    assertThatThrownBy(() -> read("keep bosch\n" + line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("are refused, none of them applies")
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "keep Bosch | keep bosch | line 2: 'keep bosch' is decided by line 1 already",
        "pin TV => screen | never-rewrite tv | line 2: 'never-rewrite tv' is decided by line 1",
        "pin couch => fake sofa | block fake | line 1: the rule `block fake` forbids this rewrite",
        "keep couch | pin red couch => sofa | line 2: the rule `keep couch` forbids this rewrite",
      })
  void refusesRulesThatContradictEachOther(String first, String second, String problem) {
    assertThatThrownBy(() -> read(first + "\n" + second)).hasMessageContaining(problem);
  }

  @Test
  void namesEveryMistakeAtOnceAndCountsTheRest() {
    assertThatThrownBy(() -> read("x\n".repeat(22)))
        .hasMessageContaining("line 1:")
        .hasMessageContaining("line 20:")
        .hasMessageContaining("and 2 more");
  }

  @Test
  void refusesWhatIsNoTextAndWhatIsNotThere() throws IOException {
    Path latin = folder.resolve("latin");
    Files.write(latin, "keep möbel".getBytes(StandardCharsets.ISO_8859_1));
    Path large = folder.resolve("large");
    Files.writeString(large, "#".repeat(1 << 20) + "\n");

    assertThatThrownBy(() -> new RulesFile(latin).read()).hasMessageContaining("are not UTF-8");
    assertThatThrownBy(() -> new RulesFile(large).read())
        .hasMessageContaining("have 1048577 bytes, expected at most 1048576");
    assertThatThrownBy(() -> new RulesFile(folder.resolve("none")).read())
        .hasMessageContaining("none cannot be read")
        .hasMessageContaining("serving.rules");
  }

  private Rules read(String text) throws IOException {
    Path file = folder.resolve("shop.rules");
    Files.writeString(file, text);
    return new RulesFile(file).read();
  }
}
