package io.searchloop.app.launcher;

import java.util.Arrays;
import java.util.Optional;

/** What a schema registry lets writers do, by Confluent's names. */
enum RegistryMode {
  /** Gives ids by itself. */
  READWRITE,
  /** Takes ids and versions as another registry had them; only while it is empty. */
  IMPORT;

  static Optional<RegistryMode> of(String name) {
    return Arrays.stream(values()).filter(mode -> mode.name().equals(name)).findFirst();
  }
}
