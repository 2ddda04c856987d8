/** The checkout's styles in addition to the shared ones: order and payment side by side, one column on phones. */
export const CHECKOUT_STYLE = `
header.top { background: var(--surface); border-bottom: 1px solid var(--line); }
header.top > div { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center; justify-content: space-between; min-height: 4rem; }
header.top > div, main:not(.closed), aside.test-mode { width: 100%; max-width: 58rem; margin: 0 auto; padding: 0 1rem; }
main:not(.closed) { padding-block: clamp(1.25rem, 5vh, 3.5rem) 2rem; }
.sides { display: grid; grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr); gap: 1.5rem clamp(1.5rem, 5vw, 4rem); align-items: start; }
.order { padding: .5rem 0; overflow-wrap: anywhere; }
.order h1 { margin-bottom: .25rem; } .order h2, .card h2 { margin-bottom: .75rem; }
.price { font-size: var(--display-size); line-height: 1.1; font-weight: 600; letter-spacing: -.03em; font-variant-numeric: tabular-nums; margin: 1.25rem 0 0; }
ul.gives { list-style: none; padding: 0; margin: 1.5rem 0; border-top: 1px solid var(--line); } ul.gives li { padding: .5rem 0; border-bottom: 1px solid var(--line); }
dl.line, dl.method { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .25rem 1rem; margin: .75rem 0; } dl.line dd, dl.method dd { margin: 0; font-variant-numeric: tabular-nums; }
dl.method { border: 1px solid var(--line); border-radius: var(--control-radius); padding: .625rem 1rem; } dl.method dt, .consent { color: var(--muted); } .consent { font-size: .875rem; margin: .75rem 0; }
dl.sum { border-top: 1px solid var(--line); padding-top: .75rem; display: flex; justify-content: space-between; margin: 1rem 0; font-weight: 600; } dl.sum dd { margin: 0; font-variant-numeric: tabular-nums; }
form { margin: .625rem 0 0; } .card > p { margin: 0 0 .75rem; }
aside.test-mode { margin-bottom: 3rem; } aside.test-mode > div { border: 1px dashed var(--line-strong); border-radius: var(--card-radius); padding: 1rem 1.25rem;
  display: flex; flex-wrap: wrap; gap: .75rem 1.5rem; align-items: center; justify-content: space-between; }
aside.test-mode h2 { font-size: var(--body-size); } aside.test-mode p { margin: .125rem 0 0; } aside.test-mode form { margin: 0; } aside.test-mode button { width: auto; }
main.closed h1 { margin-bottom: .5rem; } main.closed .button { margin-top: 1rem; }
@media (max-width: 44rem) { .sides { grid-template-columns: minmax(0, 1fr); } aside.test-mode button { width: 100%; } aside.test-mode form { flex: 1 1 12rem; } }
`
