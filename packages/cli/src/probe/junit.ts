import { verdictWords } from './report.ts';
import type { ProbeLine } from './probe-endpoint.ts';

/** The lines as a JUnit report: a hole is a failure, what was not tried is skipped. */
export function junitText(url: string, scheme: string, lines: readonly ProbeLine[]): string {
  const count = (verdict: ProbeLine['verdict']): number => lines.filter((line) => line.verdict === verdict).length;
  const name = attribute(`countersign probe ${url}`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${name}" tests="${lines.length}" failures="${count('hole')}" skipped="${count('not-tried')}">`,
    `  <testsuite name="${attribute(scheme)}" tests="${lines.length}" failures="${count('hole')}" skipped="${count('not-tried')}">`,
    ...lines.flatMap(testcase),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n');
}

function testcase({ attack, verdict, answer, detail }: ProbeLine): string[] {
  const open = `    <testcase classname="${attribute(attack.id)}" name="${attribute(attack.title)}"`;
  const said = [verdictWords[verdict], answer, detail].filter((part) => part).join(': ');
  switch (verdict) {
    case 'hole':
      return [
        `${open}>`,
        `      <failure message="${attribute(`${detail ?? attack.title} (${answer})`)}">${text(attack.close)}</failure>`,
        '    </testcase>',
      ];
    case 'not-tried':
      return [`${open}>`, `      <skipped message="${attribute(detail ?? '')}"/>`, '    </testcase>'];
    default:
      return [`${open}>`, `      <system-out>${text(said)}</system-out>`, '    </testcase>'];
  }
}

function attribute(value: string): string {
  return text(value).replaceAll('"', '&quot;').replaceAll('\n', '&#10;');
}

/** What XML cannot hold is left out. */
function text(value: string): string {
  return value
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
