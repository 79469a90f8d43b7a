import { render } from 'preact';
import { MistakePages } from './anatomy/mistake-pages.ts';
import { currentRoute, linkTo } from './routing.ts';
import { Playground } from './playground/playground.tsx';
import './style/tokens.css';
import './style/page.css';

/**
 * Puts the playground into a page that is not the console's, such as that of the documentation. It needs no server. Of the
 * page's address the fragment counts that the playground's own links have, `#/playground/…`.
 *
 * @param pageOfMistake the address of that page's own page about a class of mistakes
 * @returns what takes it out again
 */
export function mountPlayground(place: HTMLElement, pageOfMistake: (id: string) => string): () => void {
  const Page = () => (
    <MistakePages.Provider value={pageOfMistake}>
      <Playground shared={currentRoute().open} addressOf={(packed) => linkTo('playground', packed)} />
    </MistakePages.Provider>
  );
  render(<Page />, place);
  return () => render(null, place);
}
