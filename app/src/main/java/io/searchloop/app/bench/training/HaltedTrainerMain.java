package io.searchloop.app.bench.training;

import io.searchloop.app.bench.BenchJson;
import io.searchloop.trainer.TrainerMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * {@link TrainerMain} in a process to be killed. Its settings come as one line of JSON, so that the
 * command line of the process stays short; it ends in peace with its input.
 */
public final class HaltedTrainerMain {
  private HaltedTrainerMain() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws IOException {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String[] settings = BenchJson.read(orders.readLine(), String[].class);
    Thread lifeline = new Thread(() -> exitAtEndOf(orders), "lifeline");
    lifeline.setDaemon(true);
    lifeline.start();
    TrainerMain.main(settings);
  }

  private static void exitAtEndOf(BufferedReader orders) {
    try {
      while (orders.readLine() != null) {
        // Nothing more to order.
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read orders", e);
    } finally {
      System.exit(0);
    }
  }
}
