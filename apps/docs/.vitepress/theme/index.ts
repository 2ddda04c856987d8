// The theme without its fonts: nothing is fetched, and the reader's own font is the fastest.
import Theme from 'vitepress/theme-without-fonts'
import './colours.css'

export default Theme
