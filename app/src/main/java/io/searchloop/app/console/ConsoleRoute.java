package io.searchloop.app.console;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Function;

/**
 * One line of the console's interface: method, path and what answers it.
 *
 * @param method GET, or POST for an action
 * @param path exact path
 * @param answer turns a call into a reply
 */
record ConsoleRoute(String method, String path, Function<Call, ConsoleReply> answer) {
  static ConsoleRoute get(String path, Function<Call, ConsoleReply> answer) {
    return new ConsoleRoute("GET", path, answer);
  }

  static ConsoleRoute post(String path, Function<Call, ConsoleReply> answer) {
    return new ConsoleRoute("POST", path, answer);
  }

  /**
   * A request that found its route.
   *
   * @param parameters of the query
   * @param body empty for GET
   */
  record Call(Map<String, String> parameters, ByteBuffer body) {
    Call {
      parameters = Map.copyOf(parameters);
      body = body.asReadOnlyBuffer();
    }
  }
}
