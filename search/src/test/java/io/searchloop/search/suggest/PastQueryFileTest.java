package io.searchloop.search.suggest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PastQueryFileTest {
  @TempDir private Path directory;

  @Test
  void readsWhatItWrote() {
    List<PastQuery> queries = List.of(new PastQuery("drill", 7, .5), new PastQuery("saw", 1, -1));

    PastQueryFile.write(file(), queries);

    assertThat(PastQueryFile.read(file())).isEqualTo(queries);
  }

  @Test
  void keepsTabsOfAQueryOutOfTheFile() {
    PastQueryFile.write(file(), List.of(new PastQuery("drill\tbits", 7, 0)));

    assertThat(PastQueryFile.read(file())).containsExactly(new PastQuery("drill bits", 7, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"drill", "drill\t7", "drill\t0\t1", "drill\tmany\t1", "drill\t1\tNaN"})
  void namesTheLineButNotTheQuery(String line) throws IOException {
    Files.writeString(file(), "query\tsearches\treward\nsaw\t1\t0\n" + line + "\n");

    assertThatThrownBy(() -> PastQueryFile.read(file()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("past.tsv, line 3")
        .hasMessageNotContaining("drill");
  }

  @Test
  void refusesAFileOfAnotherKindOrNone() throws IOException {
    assertThatThrownBy(() -> PastQueryFile.read(file())).hasMessageContaining("cannot be read");

    Files.writeString(file(), "drill\t7\t.5\n");
    assertThatThrownBy(() -> PastQueryFile.read(file())).hasMessageContaining("column names");
  }

  private Path file() {
    return directory.resolve("past.tsv");
  }
}
