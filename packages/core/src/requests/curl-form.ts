import { answerBehind } from './answer-head.ts';
import { decodedByteText } from './byte-text.ts';
import { readCurlCommand } from './curl-command.ts';
import { editedNote, titleOf, type FoundRequest, type RequestForm } from './found-request.ts';
import type { ReadFile } from './read-file.ts';

/** What stands before a command in a terminal: `$`, `PS C:\>`, `C:\>`, `name@host:~$`. */
const prompt =
  /^(?:[$%#>]|[^ -~\s][^\n'"]{0,100}?(?=[ \t]curl)|PS [^>\n]{0,200}>|[A-Za-z]:[^>\n]{0,200}>|\(?\[?[\w.-]{1,60}@[^$#%>\n]{0,200}[$#%>])[ \t]*/;
const wrapper = /^(?:(?:sudo|time|command|exec)[ \t]+)+(?=\S*curl)/;
const command = /^(?:[^\s'"]*[\\/])?curl(?:\.exe)?[ \t^\\`]/i;
/** Comments before it; but `###` parts the requests of a `.http` file, and `# curl` is root's prompt. */
const comment = /^(?:[ \t\r]*(?:#(?!##|[ \t]*curl)[^\n]*)?\n)+/;

/** A command line of curl. */
export const curlForm: RequestForm = {
  id: 'curl',
  recognizes: (text) => command.test(typedCommand(text)),
  async read(text, { readFile }) {
    const found = await foundByCurl(decodedByteText(text), readFile);
    // `curl -i` shows the answer's head behind the command.
    const receivedAt = answerBehind(text)?.receivedAt;
    return [{ ...found, ...(receivedAt && { receivedAt }) }];
  },
};

/** Reads a command as a request that was found. */
export async function foundByCurl(line: string, readFile: ReadFile): Promise<FoundRequest> {
  const typed = typedCommand(line);
  const straight = withStraightQuotes(typed);
  const read = await readCurlCommand(straight, readFile);
  const edit = editedNote('its quotes are typographic, as word processors write them, and are read as straight ones');
  const notes = straight === typed ? read.notes : [edit, ...read.notes];
  return { ...read, notes, form: 'curl', title: titleOf(read.message) };
}

/** Typographic quotes are the shell's where they open an argument and no straight ones do. */
function withStraightQuotes(typed: string): string {
  const single = typed.includes("'") || !/\s\u2018/.test(typed) ? typed : typed.replace(/[\u2018\u2019]/g, "'");
  return /["']/.test(typed) ? single : single.replace(/[\u201c\u201d]/g, '"');
}

/** The command as it was typed: without prompts, those of further lines too, and with PowerShell's lines joined. */
export function typedCommand(text: string): string {
  const bare = text.replace(comment, '').trimStart();
  const without = bare.replace(prompt, '').replace(wrapper, '');
  const typed = command.test(without) ? without : bare;
  const [first = '', ...rest] = typed.split('\n');
  const continued = /[\\^`]\r?$/.test(first) && rest.every((line) => line.trim() === '' || line.startsWith('>'));
  const lines = continued ? [first, ...rest.map((line) => line.replace(/^> ?/, ''))].join('\n') : typed;
  return lines.replace(/`\r?\n/g, ' ');
}
