package io.searchloop.streams.http;

/**
 * A method on a path, and who answers it.
 *
 * @param probe answered at once, also when every request thread is busy
 */
record Route(String method, String path, boolean probe, Endpoint endpoint) {

  /** Answered by the request executor. */
  static Route post(String path, Endpoint endpoint) {
    return new Route("POST", path, false, endpoint);
  }

  /** Answered by the request executor. */
  static Route get(String path, Endpoint endpoint) {
    return new Route("GET", path, false, endpoint);
  }

  /** Answers browsers that ask before they post; by the request executor. */
  static Route options(String path, Endpoint endpoint) {
    return new Route("OPTIONS", path, false, endpoint);
  }

  /** Answered at once. */
  static Route probe(String path, Endpoint.ImmediateEndpoint endpoint) {
    return new Route("GET", path, true, Endpoint.immediate(endpoint));
  }
}
