/** Variables of a template in the paths and queries of URLs in a text, each as it is written there, in the order found. */
export function placeholdersInUrls(text: string): string[] {
  const found = new Set<string>();
  for (const [url] of text.matchAll(/(?:https?:\/\/|\{\{\w+\}\}\/)[^\s"'`<>]{1,2000}/g)) {
    // The first one in place of a host is what a script takes off.
    const target = url.replace(/^https?:\/\/[^/]*/, '').replace(/^\{\{[\w.-]+\}\}/, '');
    const [path = ''] = target.split('?', 1);
    for (const [placeholder] of target.matchAll(/\{\{[\w.-]{1,60}\}\}/g)) found.add(placeholder);
    for (const [placeholder] of path.matchAll(
      /(?<!\{)\{[A-Za-z][\w.-]{0,60}\}(?!\})|(?<=\/):[A-Za-z]\w{1,60}(?=\/|$)/g,
    ))
      found.add(placeholder);
  }
  return [...found];
}
