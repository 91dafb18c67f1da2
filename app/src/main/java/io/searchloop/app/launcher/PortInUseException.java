package io.searchloop.app.launcher;

/** Somebody else listens on a port we were told to use. The message names the way out. */
public final class PortInUseException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  PortInUseException(int port, String owner, String flag, Throwable cause) {
    super(
        "Port " + port + " for the " + owner + " is in use. Choose another with " + flag + ".",
        cause);
  }
}
