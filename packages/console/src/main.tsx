import { render } from 'preact';
import { App } from './app.tsx';
import { startLiveState } from './live/live-state.ts';
import './style/tokens.css';
import './style/page.css';

const root = document.getElementById('app');
if (root) {
  startLiveState();
  render(<App />, root);
}
