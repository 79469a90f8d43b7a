import { render } from 'preact';
import { App } from './app.tsx';
import './style/tokens.css';
import './style/page.css';

const root = document.getElementById('app');
if (root) render(<App />, root);
