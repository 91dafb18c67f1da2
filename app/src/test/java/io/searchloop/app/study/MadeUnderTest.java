package io.searchloop.app.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.train.TinyTraining;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MadeUnderTest {
  private static final Dataset SHOP = TinyTraining.shop();

  private final List<String> warnings = new ArrayList<>();

  @TempDir Path directory;

  @Test
  void whatWasMadeUnderTheSameSettingsIsAccepted() {
    Path made = directory.resolve("model");
    under(SHOP, Map.of("steps", "300")).keep(made);

    under(SHOP, Map.of("steps", "300")).requireSame(made, warnings::add);

    assertThat(warnings).isEmpty();
    assertThat(directory.resolve("model.settings.json")).isNotEmptyFile();
  }

  @Test
  void allThatDiffersIsNamed() {
    Path made = directory.resolve("model");
    under(SHOP, Map.of("steps", "300", "rate", "0.1")).keep(made);
    Dataset fewer = SHOP.without(SHOP.queries().subList(0, 20));

    assertThatThrownBy(() -> under(fewer, Map.of("steps", "400")).requireSame(made, warnings::add))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("model was made under dataset ")
        .hasMessageContaining("; rate 0.1, expected (default); steps 300, expected 400. Give");
  }

  @Test
  void whatWasKeptWithoutItsSettingsIsAcceptedWithAWarning() {
    under(SHOP, Map.of()).requireSame(directory.resolve("old"), warnings::add);

    assertThat(warnings)
        .singleElement()
        .asString()
        .contains(directory.resolve("old").toString(), "is not known");
  }

  private static MadeUnder under(Dataset dataset, Map<String, String> settings) {
    return MadeUnder.of(dataset, settings, null);
  }
}
