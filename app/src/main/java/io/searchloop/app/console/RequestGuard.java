package io.searchloop.app.console;

import io.searchloop.schemas.access.Hosts;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pages of other sites out (docs/adr/0052). A browser names the host it believes to talk to;
 * a name that is not ours is another site's that was pointed here (DNS rebinding). An action also
 * needs a header that no other site's page can send without being asked for leave, and the origin
 * of this page.
 */
final class RequestGuard {
  /** The header that every action carries. */
  static final String HEADER = "X-Searchloop-Console";

  private final Set<String> names;
  private final boolean takesActions;

  /**
   * @param names host names the console is reached by, beside addresses and localhost
   * @param takesActions whether any action is taken
   */
  RequestGuard(List<String> names, boolean takesActions) {
    this.names = new HashSet<>();
    names.forEach(name -> this.names.add(name.toLowerCase(Locale.ROOT)));
    this.takesActions = takesActions;
  }

  /**
   * Lets a request pass.
   *
   * @param host the header Host, with its port
   * @throws ConsoleProblem when it came from another site
   */
  void check(@Nullable String host) {
    String name = host == null ? "" : Hosts.name(host);
    if (!names.contains(name) && !Hosts.fixed(name)) {
      throw forbidden(
          "Host is '%s', expected an address, localhost or a name of console.names. Add it there if this console is reached so."
              .formatted(name));
    }
  }

  /**
   * Lets a question to the interface pass: another site's page may link here, but not make work.
   *
   * @param site the header Sec-Fetch-Site, which browsers send
   * @throws ConsoleProblem when it came from another site
   */
  void checkSite(@Nullable String site) {
    if ("cross-site".equals(site)) {
      throw forbidden(
          "Sec-Fetch-Site is 'cross-site', expected the console's own. Ask on its page.");
    }
  }

  /**
   * Lets an action pass that {@link #check} let pass.
   *
   * @param host the header Host, with its port
   * @param origin the header Origin; browsers send it with every action
   * @param header the header {@link #HEADER}
   * @param contentType the header Content-Type
   * @throws ConsoleProblem when actions are off, or it came from another page
   */
  void checkAction(
      @Nullable String host,
      @Nullable String origin,
      @Nullable String header,
      @Nullable String contentType) {
    if (!takesActions) {
      throw forbidden(
          "This console takes no actions. Use ./searchloop policy, reward and replay, or start it"
              + " without console.control=never.");
    }
    if (origin != null && !authority(origin).equalsIgnoreCase(String.valueOf(host))) {
      throw forbidden(
          "Origin is '%s', expected the console's own, %s. Act on its page."
              .formatted(origin, host));
    }
    if (header == null || contentType == null || !contentType.startsWith("application/json")) {
      throw forbidden(
          "Header %s or Content-Type application/json is missing, expected both. Send them."
              .formatted(HEADER));
    }
  }

  private static String authority(String origin) {
    try {
      return String.valueOf(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static ConsoleProblem forbidden(String detail) {
    return new ConsoleProblem(ConsoleProblem.Kind.FORBIDDEN, detail);
  }
}
