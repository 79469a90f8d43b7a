// How the time for what strangers send grows with its length: every row of `growth/` at one length and at eight times of
// it. Linear is a power of 1; above 1.5 the script fails.
//
//   node benchmarks/growth.js [--only NAME]
import { parseArgs } from 'node:util';
import { callOf } from './growth/call.js';
import { tables } from './growth/tables.js';

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const size = 12_500;
const factor = 8;
const highestPower = 1.5;
/** A sample is as many calls as take this long, in milliseconds of processor time, which other programs do not lengthen. */
const sampleMs = 4;
const samples = 5;

async function processorMs(call, times) {
  const started = process.cpuUsage();
  for (let time = 0; time < times; time++) await call();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000 / times;
}

/** The fastest sample's time for a call. */
async function fastestMs(call) {
  let times = 1;
  let fastest = await processorMs(call, times);
  while (fastest * times < sampleMs) {
    times *= 2;
    fastest = await processorMs(call, times);
  }
  for (let sample = 0; sample < samples && fastest < 1000; sample++) {
    fastest = Math.min(fastest, await processorMs(call, times));
  }
  return fastest;
}

/** The power, after as many tries as it takes to believe a bad one. */
async function powerOf(at) {
  let best = { power: Number.POSITIVE_INFINITY };
  for (let attempt = 0; attempt < 3 && best.power > highestPower; attempt++) {
    const [one, more] = [await fastestMs(at(size)), await fastestMs(at(factor * size))];
    const power = Math.log(more / one) / Math.log(factor);
    if (power < best.power) best = { power, one, more };
  }
  return best;
}

let failures = 0;
for (const [package_, rows] of Object.entries(tables)) {
  const load = (module) => import(new URL(`../packages/${package_}/dist/${module}.js`, import.meta.url).href);
  for (const row of rows.filter(({ name }) => `${package_}: ${name}`.includes(values.only))) {
    const { power, one, more } = await powerOf(await callOf(row, load));
    const failed = power > highestPower;
    if (failed) failures += 1;
    const times = `${one.toFixed(3)} ms, ${more.toFixed(3)} ms`;
    process.stdout.write(`${failed ? 'FAILED' : 'ok    '} ${power.toFixed(2)}  ${package_}: ${row.name} (${times})\n`);
  }
}
process.exitCode = failures > 0 ? 1 : 0;
