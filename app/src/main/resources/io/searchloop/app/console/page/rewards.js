/** What the arms earn: a chart over time with intervals, and the last two minutes in numbers. */

import {$, brief, count, figure, h, show, table} from './dom.js';
import uPlot from './vendor/uplot/uPlot.esm.js';

const ARMS = {
  policy: {name: 'learning policy', colour: '--arm-policy', fill: '--arm-policy-fill', width: 2.5},
  reference: {name: 'warm start', colour: '--arm-reference', fill: '--arm-reference-fill', width: 1.5},
  identity: {name: 'query as typed', colour: '--arm-identity', fill: '--arm-identity-fill', width: 1.5, dash: [5, 4]},
  canary: {name: 'version on trial', colour: '--arm-canary', fill: '--arm-canary-fill', width: 1.5}
};
const HEIGHT = 260;
/** Fewer searches say too little for a point. */
const ENOUGH = 5;
const BUCKET_MS = 15_000;
const SHOWN_MS = 20 * 60_000;
let chart = null;
let points = [];

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const present = () => Object.keys(ARMS).filter(arm => points.some(point => point.arms[arm]));

function data() {
  const rows = [points.map(point => point.from_ms / 1000)];
  for (const arm of present()) {
    for (const end of ['mean', 'high', 'low']) rows.push(points.map(point => point.arms[arm]?.count >= ENOUGH ? point.arms[arm][end] : null));
  }
  return rows;
}

function options(width) {
  const axis = {stroke: colour('--muted'), grid: {stroke: colour('--line'), width: 1}, ticks: {show: false}, font: '12px system-ui, sans-serif'};
  const series = [{}];
  const bands = [];
  for (const arm of present()) {
    const about = ARMS[arm];
    const mean = {label: about.name, stroke: colour(about.colour), width: about.width, dash: about.dash, points: {show: points.length < 3}};
    const bound = {stroke: 'transparent', points: {show: false}};
    series.push(mean, bound, bound);
    bands.push({series: [series.length - 2, series.length - 1], fill: colour(about.fill)});
  }
  return {
    width, height: HEIGHT, series, bands, legend: {show: false}, cursor: {show: false}, padding: [10, 8, 0, 0],
    scales: {y: {range: (u, low, high) => [Math.min(0, low ?? 0), Math.max(0.1, (high ?? 0.1) * 1.05)]}},
    axes: [{...axis, values: [[60, '{HH}:{mm}', null, null, null, null, null, null, 1], [1, '{HH}:{mm}:{ss}', null, null, null, null, null, null, 1]], space: 70}, {...axis, size: 44}]
  };
}

function draw(anew) {
  const box = $('reward-chart');
  const shape = present().join();
  if (points.length === 0) return;
  if (chart && !anew && chart.shape === shape) {
    chart.setData(data());
    return;
  }
  chart?.destroy();
  box.replaceChildren();
  chart = new uPlot(options(box.clientWidth), data(), box);
  chart.shape = shape;
  chart.root.setAttribute('role', 'img');
  chart.root.setAttribute('aria-label', 'Reward per search by arm over time; the table beside it has the last two minutes');
}

/** The last minutes, with an empty point where time passed without searches: lines end there. */
function recent(found) {
  const last = found.at(-1)?.from_ms ?? 0;
  const kept = found.filter(point => point.from_ms > last - SHOWN_MS);
  return kept.flatMap((point, i) => i > 0 && point.from_ms - kept[i - 1].from_ms > 2 * BUCKET_MS
    ? [{from_ms: kept[i - 1].from_ms + BUCKET_MS, arms: {}}, point] : [point]);
}

export function rewards(found) {
  points = recent(found);
  draw(false);
}

/** The last two minutes, and what the trainer says of its last step. */
export function arms(picture) {
  const heads = ['Last two minutes', {text: 'Reward', number: true}, {text: '95 % interval', number: true}, {text: 'Searches', number: true}];
  const found = Object.keys(ARMS).filter(arm => picture.recent[arm]);
  show($('arms'), found.map(arm => picture.recent[arm]), () => table($('arms'), 'Reward per search by arm', heads, found.map(arm => {
    const {mean, low, high, count: n} = picture.recent[arm];
    return [h('span', {}, h('i', {class: `key ${arm}`}), ARMS[arm].name), figure(mean), low === null ? '–' : `${figure(low)} to ${figure(high)}`, count(n)];
  })));
  show($('learning'), [picture.step, picture.learning], () => picture.step === null ? [] : [
    h('h3', {}, `Trainer, step ${count(picture.step)}`),
    h('dl', {class: 'figures'}, Object.entries(picture.learning).sort().map(([name, value]) => [h('dt', {}, name.replaceAll('_', ' ')), h('dd', {}, brief(value))]).flat())
  ]);
}

new ResizeObserver(() => draw(true)).observe($('reward-chart'));
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => draw(true));
