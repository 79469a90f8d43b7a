import DefaultTheme from 'vitepress/theme-without-fonts';
import PlaygroundPage from './PlaygroundPage.vue';
import StartPage from './StartPage.vue';
import './style.css';

export default {
  extends: DefaultTheme,
  // The layouts of two pages, by the name that stands in their front matter.
  enhanceApp({ app }) {
    app.component('PlaygroundPage', PlaygroundPage);
    app.component('StartPage', StartPage);
  },
};
