package io.searchloop.schemas.access;

import java.util.Locale;
import java.util.regex.Pattern;

/** What addresses and host names say about who can be on the other side. */
public final class Hosts {
  private static final Pattern LOOPBACK =
      Pattern.compile("127(\\.\\d{1,3}){3}|localhost|\\[?(0{0,4}:){1,7}0{0,3}1]?");

  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.]+]");

  private Hosts() {}

  /** Whether only this machine reaches a server that listens on a host. */
  public static boolean loopback(String host) {
    return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  /** The name in a header {@code Host}, without its port. */
  public static String name(String header) {
    return header.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
  }

  /**
   * Whether a name in a header {@code Host} cannot be another site's that was pointed here (DNS
   * rebinding): an address, or localhost.
   */
  public static boolean fixed(String name) {
    return name.equals("localhost") || ADDRESS.matcher(name).matches();
  }
}
