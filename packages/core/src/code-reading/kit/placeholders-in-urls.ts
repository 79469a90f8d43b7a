/** Variables of a template that stand in the paths of URLs in a text, each as it is written there, in the order found. */
export function placeholdersInUrls(text: string): string[] {
  const found = new Set<string>();
  for (const [url] of text.matchAll(/(?:https?:\/\/|\{\{\w+\}\}\/)[^\s"'`<>]{1,2000}/g)) {
    const [path = ''] = url.replace(/^https?:\/\/[^/]*/, '').split('?', 1);
    // The first one in place of a host is what the script takes off.
    const rest = path.replace(/^\{\{[\w.-]+\}\}/, '');
    for (const [placeholder] of rest.matchAll(
      /\{\{[\w.-]{1,60}\}\}|\{[A-Za-z][\w.-]{0,60}\}|(?<=\/):[A-Za-z]\w{1,60}(?=\/|$)/g,
    ))
      found.add(placeholder);
  }
  return [...found];
}
