import { bodyFixes } from '../../diagnose/fixes/string-to-sign.ts';
import type { ReadingRule } from '../kit/reading-rule.ts';
import { someScheme } from '../kit/some-scheme.ts';

const file = /\bcurl\b[^\n]{0,2000}?[ \t](?:-d|--data|--data-ascii)[ \t=]+["']?@["']?([\w$./{}-]{1,100})/;

/** Whether the script itself makes a file, or hashes it, without line breaks. */
function isWithoutLineBreaks(text: string, name: string): boolean {
  const made = text.split('\n').filter((line) => line.includes(name) && /[^-]>|\btee\b|-o[ \t]/.test(line));
  return (
    made.some((line) => /printf|echo[ \t]+-n|jq[ \t]+-\w*[cj]|tr[ \t]+-d/.test(line)) || /\btr[ \t]+-d\b/.test(text)
  );
}

/** curl takes line breaks out of a file that it sends by `-d @file`, and the hash is of the whole file. */
export const curlStripsLineBreaks: ReadingRule = {
  name: 'curl-strips-line-breaks',
  mistake: 'body/newlines',
  find(code) {
    // A command that goes on behind a backslash is one line.
    const found = code.language === 'bash' ? file.exec(code.text.replaceAll('\\\n', '  ')) : null;
    const name = found?.[1] ?? '';
    // Another file's request is another one's matter.
    if (!found || code.text.split(name).length < 3 || isWithoutLineBreaks(code.text, name)) return undefined;
    return {
      at: found.index,
      part: 'body',
      summary:
        'curl -d @file sends the file without its line breaks, so its hash is that of another body; --data-binary @file sends it as it is.',
      fix: {
        ...bodyFixes(someScheme(code)),
        bash: 'curl --data-binary @body.json  # not -d: it takes line breaks out',
      },
    };
  },
  samples: [
    {
      language: 'bash',
      faulty:
        'hash=$(openssl dgst -sha256 -binary body.json | base64)\nsig=$(openssl dgst -hmac k -binary | base64)\ncurl -X POST "$url" \\\n  -H "x-hash: $hash" -d @body.json',
      right:
        'hash=$(openssl dgst -sha256 -binary body.json | base64)\nsig=$(openssl dgst -hmac k -binary | base64)\ncurl -X POST "$url" \\\n  -H "x-hash: $hash" --data-binary @body.json',
    },
  ],
};
