/**
 * Which engine finds products, as workers and jobs are told: keys {@code search.*}. The one package
 * here that knows how settings are bound.
 */
@NullMarked
package io.searchloop.search.config;

import org.jspecify.annotations.NullMarked;
