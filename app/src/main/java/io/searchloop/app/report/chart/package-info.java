/**
 * Pictures of results pages.
 *
 * <pre>
 *   figures of a study --Curve(CurvePoint ...)--> LineChart --XChart--> docs/results/img/NAME.png
 * </pre>
 *
 * <p>The only package that knows the chart library. Needs no display, but fonts on the machine.
 *
 * <p>Entry: {@link io.searchloop.app.report.chart.LineChart}. Thread owner: the caller.
 */
@NullMarked
package io.searchloop.app.report.chart;

import org.jspecify.annotations.NullMarked;
