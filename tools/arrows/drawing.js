/**
 * Why: ARCHITECTURE.md draws the arrows between the rooms, and a drawing that is drawn from the table is never out of date.
 * Prints it: `node tools/arrows/drawing.js core`.
 */
import { arrows } from './table.js';

const width = 120;

/** The rooms of a package, the highest first, each with the rooms of the package that it imports. */
export function drawing(folder) {
  const rooms = Object.keys(arrows[folder]).toReversed();
  const column = Math.max(...rooms.map(({ length }) => length)) + 1;
  return rooms
    .map((room) => {
      const drawn = drawnAs(arrows[folder][room]);
      return wrapped(room.padEnd(column), drawn, ' '.repeat(column + 3));
    })
    .join('\n');
}

function drawnAs(targets) {
  const rooms = targets
    .map((target) => target.replace(/^(?:lazy|type) /, ''))
    .filter((target) => !/[:#*]/.test(target));
  return rooms.map((room, at) => (at === 0 ? '─▶ ' : '') + room + (at < rooms.length - 1 ? ',' : ''));
}

function wrapped(start, words, indent) {
  const lines = [start];
  for (const word of words) {
    const last = lines.at(-1);
    if (last.length + word.length > width) lines.push(indent + word);
    else lines[lines.length - 1] = last.endsWith(' ') ? last + word : `${last} ${word}`;
  }
  return lines.join('\n').trimEnd();
}

if (process.argv[1] === import.meta.filename) console.log(drawing(process.argv[2]));
