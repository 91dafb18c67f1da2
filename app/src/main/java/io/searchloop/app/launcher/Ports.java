package io.searchloop.app.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Finds out that a port is taken before a server does, so that the user reads which flag to change
 * instead of a server's stack trace.
 */
public final class Ports {
  /** The only address embedded servers listen on. */
  public static final String LOOPBACK = "127.0.0.1";

  private static final int HIGHEST = 65_535;

  private Ports() {}

  /**
   * The port a server shall listen on.
   *
   * @param port wanted port; 0 picks a free one
   * @param owner who will listen, as the user knows it: {@code Kafka broker}
   * @param flag command line flag that chooses the port: {@code --broker.port}
   * @return {@code port}, or a free port in its place when it is 0
   * @throws PortInUseException when somebody listens there already
   */
  public static int claim(int port, String owner, String flag) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return probe.getLocalPort();
    } catch (BindException e) {
      throw new PortInUseException(port, owner, flag, e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot probe port " + port + " for the " + owner, e);
    }
  }

  /** Validates a port of a configuration record. */
  static void check(String name, int port) {
    if (port < 0 || port > HIGHEST) {
      throw new IllegalArgumentException(
          name + " is " + port + ", expected 1 to " + HIGHEST + ", or 0 for any free port");
    }
  }
}
