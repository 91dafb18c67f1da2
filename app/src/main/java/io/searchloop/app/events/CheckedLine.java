package io.searchloop.app.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.searchloop.schemas.SearchEvent;

/**
 * An event that a door lets in, in both of its forms.
 *
 * @param line line it stands on, from one
 * @param json as {@code /v1/events} takes it
 * @param event as Kafka takes it
 */
public record CheckedLine(long line, ObjectNode json, SearchEvent event) {}
