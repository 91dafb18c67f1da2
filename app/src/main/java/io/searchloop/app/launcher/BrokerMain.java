package io.searchloop.app.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * A broker in a process of its own: {@code BrokerMain DIRECTORY PORT FILE}, the file with further
 * settings by Kafka's names. Runs until it is killed.
 */
public final class BrokerMain {
  private BrokerMain() {}

  public static void main(String[] arguments) throws IOException {
    Properties file = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(arguments[2]))) {
      file.load(reader);
    }
    Map<String, String> further =
        file.stringPropertyNames().stream()
            .collect(Collectors.toMap(key -> key, file::getProperty));
    EmbeddedBroker.start(
        Path.of(arguments[0]), new BrokerConfig(Integer.parseInt(arguments[1]), 0), further);
  }
}
