package io.searchloop.app.doctor;

import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.schemas.privacy.Pseudonyms;
import java.util.List;

/** Whether visitors are stored as the shop knows them. */
final class PrivacyChecks {
  private static final String CHECK = "visitors' names";

  private final LoopSettings settings;

  PrivacyChecks(LoopSettings settings) {
    this.settings = settings;
  }

  List<Finding> findings() {
    Pseudonyms pseudonyms;
    try {
      pseudonyms = settings.serving().pseudonyms();
    } catch (IllegalArgumentException e) {
      return List.of(
          Finding.problem(
              CHECK,
              String.valueOf(e.getMessage()),
              "Correct serving.pseudonym-keys, or restore the file from a copy."));
    }
    return List.of(
        pseudonyms.enabled()
            ? Finding.ok(
                CHECK, "become pseudonyms at the door, %d keys".formatted(pseudonyms.count()))
            : Finding.warning(
                CHECK,
                "are stored as storefronts send them: serving.pseudonym-keys is not set",
                "Run ./searchloop privacy key and name its file to every door (docs/privacy.md)."));
  }
}
