package io.searchloop.streams.http;

import io.searchloop.schemas.access.Users;
import io.searchloop.schemas.privacy.Pseudonyms;
import java.time.Duration;
import java.util.Optional;

/**
 * How a worker listens and answers.
 *
 * @param port 0 for any free one
 * @param requestThreads requests answered at once
 * @param maxQueued requests that may wait for a thread
 * @param results results of a search that names no limit
 * @param eventTimeout how long a batch of events waits for Kafka
 * @param origins pages whose events are taken
 * @param pseudonyms put in the place of visitors' names in events
 * @param control whether operators may decide about releases here
 * @param users who may look at the worker and decide; empty where nobody is asked
 * @param drain how long closing waits for answers on their way
 */
public record HttpSettings(
    String host,
    int port,
    int requestThreads,
    int maxQueued,
    int results,
    Duration eventTimeout,
    Origins origins,
    Pseudonyms pseudonyms,
    boolean control,
    Optional<Users> users,
    Duration drain) {}
