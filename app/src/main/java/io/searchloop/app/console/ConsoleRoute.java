package io.searchloop.app.console;

import io.searchloop.schemas.access.Person;
import io.searchloop.schemas.access.Role;
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

  /** What one must be to ask. */
  Role needed() {
    return method.equals("GET") ? Role.VIEWER : Role.OPERATOR;
  }

  /**
   * A request that found its route.
   *
   * @param parameters of the query
   * @param body empty for GET
   * @param person who asks
   */
  record Call(Map<String, String> parameters, ByteBuffer body, Person person) {
    Call {
      parameters = Map.copyOf(parameters);
      body = body.asReadOnlyBuffer();
    }
  }
}
