import { render } from 'preact';
import { currentRoute, linkTo } from './routing.ts';
import { Playground } from './playground/playground.tsx';
import './style/tokens.css';
import './style/page.css';

/**
 * Puts the playground into a page that is not the console's, such as that of the documentation. It needs no server. Of the
 * page's address the fragment counts that the playground's own links have, `#/playground/…`.
 *
 * @returns what takes it out again
 */
export function mountPlayground(place: HTMLElement): () => void {
  const Page = () => <Playground shared={currentRoute().open} addressOf={(packed) => linkTo('playground', packed)} />;
  render(<Page />, place);
  return () => render(null, place);
}
