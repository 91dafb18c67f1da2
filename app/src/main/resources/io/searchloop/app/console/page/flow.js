/** The loop as a picture: from left to right, or from top to bottom where there is no room. */

import {$, count, h, lineage, rate, s, share, show, table, version} from './dom.js';

const STAGES = {
  events: {name: 'Shoppers', does: 'click, cart, buy', unit: 'events/s', every: 1},
  workers: {name: 'Workers', does: 'rewrite and search', unit: 'searches/s', every: 1},
  reward: {name: 'RewardJob', does: 'who earned what', unit: 'tuples/s', every: 1},
  minibatch: {name: 'MinibatchJob', does: 'groups, advantages', unit: 'batches/min', every: 60},
  trainer: {name: 'Trainer', does: 'one step a batch', unit: 'steps/min', every: 60},
  releases: {name: 'Releases', does: 'gated and signed', unit: 'releases/min', every: 60}
};
const WIDE = 900;
const LEAST_NODE = 72;
/** What waits is marked when it is more than what comes in so many seconds. */
const BEHIND_SECONDS = 60;
let drawn = null;

function arrow(path, extra) {
  return s('path', {d: path, class: 'edge ' + (extra ?? ''), 'marker-end': 'url(#tip)'});
}

function node(stage, place, wide) {
  const {x, y, w, hgt} = place;
  const about = STAGES[stage.id];
  const right = wide ? x + 14 : x + w - 14;
  const anchor = wide ? 'start' : 'end';
  const parts = {
    value: s('text', {x: right, y: wide ? y + 68 : y + 31, class: 'value', 'text-anchor': anchor}),
    unit: s('text', {x: right, y: wide ? y + 84 : y + 47, class: 'small', 'text-anchor': anchor}),
    line: s('text', {x: x + 14, y: wide ? y + 104 : y + 61, class: 'small line'}),
    spark: s('path', {class: 'spark'})
  };
  const box = s('g', {class: 'stage', 'data-stage': stage.id},
    s('rect', {x, y, width: w, height: hgt, rx: 8}),
    s('text', {x: x + 14, y: y + (wide ? 25 : 25), class: 'name'}, about.name),
    s('text', {x: x + 14, y: y + (wide ? 41 : 42), class: 'small'}, about.does),
    parts.spark, parts.value, parts.unit, parts.line);
  return {box, parts, place, wide};
}

function places(stages, width, wide) {
  if (wide) {
    const gap = 30;
    const w = (width - gap * (stages.length - 1) - 2) / stages.length;
    return stages.map((stage, i) => ({x: 1 + i * (w + gap), y: 1, w, hgt: 142}));
  }
  return stages.map((stage, i) => ({x: 1, y: 1 + i * (LEAST_NODE + 24), w: width - 30, hgt: LEAST_NODE}));
}

function edges(at, wide, height) {
  const paths = [];
  for (let i = 1; i < at.length; i++) {
    const from = at[i - 1];
    const to = at[i];
    paths.push(wide
      ? `M${from.x + from.w + 3} ${from.y + 68} H${to.x - 5}`
      : `M${from.x + 40} ${from.y + from.hgt + 3} V${to.y - 5}`);
  }
  const first = at[1];
  const last = at[at.length - 1];
  paths.push(wide
    ? `M${last.x + last.w / 2} ${last.y + last.hgt + 3} V${height - 22} q0 12 -12 12 H${first.x + first.w / 2 + 12} q-12 0 -12 -12 V${first.y + first.hgt + 5}`
    : `M${last.x + last.w + 3} ${last.y + 36} h10 q10 0 10 -10 V${first.y + 46} q0 -10 -10 -10 h-8`);
  return paths;
}

function draw(parent, stages, width) {
  const wide = width >= WIDE;
  const height = wide ? 216 : stages.length * (LEAST_NODE + 24) - 22;
  const at = places(stages, width, wide);
  const nodes = stages.map((stage, i) => node(stage, at[i], wide));
  const paths = edges(at, wide, height).map((path, i) => arrow(path, i === stages.length - 1 ? 'back' : ''));
  const dots = paths.map(path => s('path', {d: path.getAttribute('d'), class: 'dots'}));
  const back = wide
    ? s('text', {x: (at[1].x + at[1].w / 2 + at[5].x + at[5].w / 2) / 2, y: height - 18, class: 'small', 'text-anchor': 'middle'})
    : null;
  const tip = s('marker', {id: 'tip', viewBox: '0 0 8 8', refX: 6, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: 'userSpaceOnUse', orient: 'auto'},
    s('path', {d: 'M0 0 L8 4 L0 8 z', class: 'tip'}));
  const picture = s('svg', {width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-labelledby': 'flow-words'},
    s('defs', {}, tip), paths, dots, nodes.map(one => one.box), back);
  parent.replaceChildren(picture);
  return {width, nodes, dots, back};
}

function sparkline(rates, place, wide) {
  const x0 = wide ? place.x + 14 : place.x + 150;
  const x1 = wide ? place.x + place.w - 14 : place.x + place.w - 104;
  const y1 = wide ? place.y + 132 : place.y + 42;
  const high = wide ? 20 : 24;
  if (rates.length < 2 || x1 - x0 < 30) return '';
  const smooth = rates.map((unused, i) => {
    const near = rates.slice(Math.max(0, i - 4), i + 1);
    return near.reduce((sum, rate) => sum + rate, 0) / near.length;
  });
  const most = Math.max(...smooth, 1e-9);
  return smooth.map((value, i) =>
    `${i ? 'L' : 'M'}${(x0 + (x1 - x0) * i / (smooth.length - 1)).toFixed(1)} ${(y1 - high * value / most).toFixed(1)}`).join('');
}

function answeredBy(picture) {
  const shares = Object.entries(picture.served).sort((a, b) => b[1] - a[1]);
  return shares.length === 0 ? 'no searches now'
    : shares.slice(0, 2).map(([found, part]) => `${found < 0 ? 'no policy' : 'v' + found} ${share(part)}`).join(', ');
}

function line(stage, picture) {
  if (stage.lag !== null) return stage.lag === 0 ? 'nothing waits' : `${count(stage.lag)} wait`;
  if (stage.id === 'workers') return answeredBy(picture);
  if (stage.id === 'releases') return `newest is ${version(picture.newest_version)}`;
  return picture.dead_letters === 1 ? '1 dead letter' : `${count(picture.dead_letters)} dead letters`;
}

/** Dots run faster where more flows, and rest where nothing does. */
function pace(dots, perSecond) {
  dots.classList.toggle('still', perSecond <= 0);
  dots.style.animationDuration = `${Math.min(6, Math.max(0.6, 2.4 / Math.log10(2 + 10 * perSecond))).toFixed(1)}s`;
}

export function headWords(head) {
  const trial = {
    NONE: '', NAMED: `, ${head.candidate.version} is next on trial`,
    SHADOW: `, ${head.candidate.version} is sampled in the shadow`,
    CANARY: `, ${head.candidate.version} is on trial with ${head.candidate.percent} % of visitors`
  }[head.candidate.stage];
  const serves = head.active_version < 0 ? 'No version serves' : `Version ${head.active_version} serves`;
  return `${serves}, lineage ${lineage(head.lineage)}${trial}${head.frozen ? ', promotions are frozen' : ''}`;
}

export function flow(picture) {
  const parent = $('flow');
  const width = Math.floor(parent.clientWidth);
  if (width < LEAST_NODE) return; // not laid out yet
  if (!drawn || drawn.width !== width) drawn = draw(parent, picture.stages, width);
  picture.stages.forEach((stage, i) => {
    const {parts, place, wide, box} = drawn.nodes[i];
    const about = STAGES[stage.id];
    parts.value.textContent = rate(stage.per_second * about.every);
    parts.unit.textContent = about.unit;
    parts.line.textContent = line(stage, picture);
    parts.spark.setAttribute('d', sparkline(stage.history, place, wide));
    box.classList.toggle('behind', stage.lag !== null && stage.lag > BEHIND_SECONDS * Math.max(1, picture.stages[i - 1].per_second));
    pace(drawn.dots[Math.min(i, drawn.dots.length - 1)], stage.per_second);
  });
  if (drawn.back) drawn.back.textContent = `policy.control.v1 · head ${version(picture.head.head_offset)} · ${headWords(picture.head)}`;
  $('flow-words').textContent = picture.stages
    .map(stage => `${STAGES[stage.id].name}: ${rate(stage.per_second * STAGES[stage.id].every)} ${STAGES[stage.id].unit}`).join('; ');
  $('flow-words').className = 'unseen';
  stages(picture);
}

function stages(picture) {
  const heads = ['Stage', {text: 'Rate', number: true}, 'Unit', {text: 'Written', number: true}, {text: 'Wait for it', number: true}];
  show($('stages'), [picture.stages.map(stage => [stage.total, stage.per_second, stage.lag]), picture.undecodable, picture.forgotten_corrections], () =>
    table($('stages'), 'Written counts from when the console began to read. ' + left(picture), heads, picture.stages.map(stage => {
      const about = STAGES[stage.id];
      return [about.name, rate(stage.per_second * about.every), about.unit, count(stage.total), stage.lag === null ? '–' : count(stage.lag)];
    })));
}

function left(picture) {
  const words = Object.entries(picture.undecodable).map(([topic, n]) => `${count(n)} records of ${topic} could not be read here.`);
  if (picture.forgotten_corrections > 0) words.push(`${count(picture.forgotten_corrections)} corrections belong to searches shown before.`);
  return words.join(' ');
}
