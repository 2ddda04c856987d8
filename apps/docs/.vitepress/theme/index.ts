// The theme without its fonts: the brand has its own.
import Theme from 'vitepress/theme-without-fonts'
import './colors.css'
import Home from './home.vue'
import Layout from './layout.vue'

export default {
  extends: Theme,
  Layout,
  enhanceApp({ app }) {
    app.component('home-page', Home)
  },
}
