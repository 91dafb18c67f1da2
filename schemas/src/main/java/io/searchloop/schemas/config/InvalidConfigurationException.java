package io.searchloop.schemas.config;

import java.util.List;

/** All problems of a configuration, at once. */
public final class InvalidConfigurationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public InvalidConfigurationException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
  }
}
