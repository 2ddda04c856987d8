import { BRAND_STYLE } from './brand.gen.ts'

/** The styles of all pages of this backend. */
export const PAGE_STYLE = `${BRAND_STYLE}
* { box-sizing: border-box; }
body { margin: 0; background: var(--canvas); color: var(--ink); font: var(--body-size)/1.55 var(--sans); -webkit-font-smoothing: antialiased; }
h1, h2, h3 { letter-spacing: -.018em; line-height: 1.25; font-weight: 600; text-wrap: balance; margin: 0; }
h1 { font-size: var(--heading-size); } h2 { font-size: var(--lead-size); } h3 { font-size: var(--body-size); }
p { margin: .25rem 0; } .soft { color: var(--muted); }
main { max-width: 32rem; margin: 0 auto; padding: clamp(1.25rem, 6vh, 4rem) 1rem; }
.mark { width: 2rem; height: 2rem; flex: none; }
.brand { display: inline-flex; align-items: center; gap: .625rem; font-size: var(--lead-size); font-weight: 600; letter-spacing: -.018em; color: inherit; text-decoration: none; }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: var(--card-radius); padding: 1.5rem; box-shadow: 0 1px 2px var(--shadow); }
.note { background: var(--warn-soft); color: var(--ink); border-radius: var(--control-radius); padding: .625rem 1rem; margin: 0 0 1rem; }
.problem { background: var(--danger-soft); color: var(--danger); border-radius: var(--control-radius); padding: .625rem 1rem; font-weight: 550; margin: 0 0 1rem; }
button, a.button { display: block; width: 100%; min-height: 2.75rem; padding: .5rem 1rem; border-radius: var(--control-radius); border: 1px solid var(--line-strong);
  background: transparent; color: inherit; font: inherit; font-weight: 550; text-align: center; text-decoration: none; cursor: pointer; }
button:hover, a.button:hover { border-color: var(--muted); }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); } button.primary:hover { background: var(--accent-strong); }
button.quiet { border-color: transparent; color: var(--muted); } button.quiet:hover { color: var(--ink); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
a { color: var(--accent); text-underline-offset: .2em; }
`
