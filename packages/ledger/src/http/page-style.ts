/** The styles of all pages of this backend. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ground: #f4f4f1; --card: #ffffff; --ink: #1b1c1a; --soft: #5c5f59; --line: #dcdcd5;
  --accent: #1f5fd0; --on-accent: #ffffff; --note: #fff3d1; --on-note: #5b4300; --bad: #a4231b; --good: #17663a; }
@media (prefers-color-scheme: dark) { :root { --ground: #141513; --card: #1d1f1c; --ink: #eceee9; --soft: #a5a99f;
  --line: #363934; --accent: #8ab4ff; --on-accent: #0b1c3d; --note: #3b3010; --on-note: #ffe3a0; --bad: #ff9d94; --good: #7fd8a2; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 28rem; margin: 0 auto; padding: clamp(1rem, 6vh, 4rem) 1rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 1rem; padding: 1.5rem; }
h1 { font-size: 1.375rem; line-height: 1.25; margin: 0 0 .25rem; text-wrap: balance; }
p { margin: .25rem 0; } .soft { color: var(--soft); }
.note { background: var(--note); color: var(--on-note); border-radius: .5rem; padding: .5rem .75rem; margin: 0 0 1rem; font-size: .9375rem; }
.problem { color: var(--bad); font-weight: 600; margin: 0 0 1rem; }
.price { font-size: 2rem; font-weight: 650; font-variant-numeric: tabular-nums; margin: 1rem 0 0; }
ul.gives { list-style: none; padding: 0; margin: 1rem 0; border-top: 1px solid var(--line); }
ul.gives li { padding: .5rem 0; border-bottom: 1px solid var(--line); }
dl.sum { display: flex; justify-content: space-between; margin: 1rem 0; font-weight: 600; } dl.sum dd { margin: 0; font-variant-numeric: tabular-nums; }
form { margin: 0; }
button, a.button { display: block; width: 100%; min-height: 3rem; padding: .625rem 1rem; border-radius: .625rem; border: 1px solid var(--line);
  background: transparent; color: inherit; font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer; margin-top: .625rem; }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button.quiet { border-color: transparent; color: var(--soft); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
button:hover { filter: brightness(1.06); }
a { color: var(--accent); }
footer { text-align: center; font-size: .875rem; color: var(--soft); margin-top: 1rem; }
`
