/** The console's styles in addition to the shared ones. */
export const CONSOLE_STYLE = `
body { overflow-wrap: anywhere; }
.skip { position: absolute; left: -99rem; } .skip:focus { position: static; display: inline-block; padding: .5rem 1rem; }
header.top { background: var(--surface); border-bottom: 1px solid var(--line); }
header.top > div { max-width: 72rem; margin: 0 auto; padding: .75rem 1rem 0; display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: center; }
.ledger-time { color: var(--muted); font-size: .875rem; font-variant-numeric: tabular-nums; margin-left: auto; }
nav.sections { flex-basis: 100%; } nav.sections ul { display: flex; flex-wrap: wrap; gap: 0 .25rem; list-style: none; margin: 0 -.75rem; padding: 0; }
nav.sections a { display: block; padding: .5rem .75rem .625rem; color: var(--muted); text-decoration: none; font-weight: 550; white-space: nowrap; border-bottom: 3px solid transparent; }
nav.sections a:hover { color: var(--ink); } nav.sections a[aria-current] { color: var(--ink); border-color: var(--accent); }
main { max-width: 72rem; padding: 1.5rem 1rem 4rem; }
.card { padding: 1.25rem; margin-bottom: 1rem; min-width: 0; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); gap: 1rem; align-items: start; margin-bottom: 1rem; }
.columns > .card { margin: 0; }
h1 { margin-bottom: 1rem; } h2 { margin-bottom: .75rem; } h3 { margin: 1rem 0 .375rem; }
.head { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; justify-content: space-between; margin-bottom: 1rem; } .head h1 { margin: 0; }
.flash { border-radius: var(--control-radius); padding: .625rem 1rem; margin: 0 0 1rem; border: 1px solid currentColor; background: var(--surface); color: var(--accent); font-weight: 550; }
.flash.bad { color: var(--danger); } .faults { background: var(--warn-soft); color: var(--ink); border-radius: var(--control-radius); padding: .625rem 1rem; margin: 0 0 1rem; }
.faults a { color: inherit; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; line-height: 1.25rem; }
th, td { text-align: left; height: 2.25rem; padding: .4375rem .75rem .4375rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { font-size: var(--small-size); color: var(--muted); font-weight: 550; white-space: nowrap; } tbody th { font-weight: 600; } tbody th .hint { display: inline-block; margin-left: .5rem; }
td.id, tbody th { overflow-wrap: anywhere; }
tbody tr:last-child > * { border-bottom: 0; } th:last-child, td:last-child { padding-right: 0; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; } .when { white-space: nowrap; font-variant-numeric: tabular-nums; }
code { font: var(--small-size)/1.25rem var(--mono); } .minus { color: var(--danger); } .plus { color: var(--accent); }
.tag { display: inline-block; border: 1px solid currentColor; border-radius: 99rem; padding: 0 .5rem; font-size: var(--small-size); font-weight: 550; line-height: 1.125rem; white-space: nowrap; }
.tag.good { color: var(--accent); } .tag.bad { color: var(--danger); } .tag.warn { color: var(--warn); } .tag.plain { color: var(--muted); }
.meter { margin: 0 0 1.25rem; } .meter:last-child { margin: 0; }
.meter .figures { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; } .meter .figures strong { font-variant-numeric: tabular-nums; }
.track { height: .625rem; border-radius: 99rem; background: var(--sunken); box-shadow: inset 0 0 0 1px var(--line); overflow: hidden; margin: .375rem 0 .5rem; }
.track > span { display: block; height: 100%; background: var(--accent); }
.lines { list-style: none; margin: 0; padding: 0; font-size: .875rem; color: var(--muted); } .lines li { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; }
dl.facts { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1rem; margin: 0 0 1rem; } dl.facts dt { color: var(--muted); white-space: nowrap; } dl.facts dd { margin: 0; }
form.fields { display: grid; gap: .75rem; } form.row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; } form.row label { flex: 1 1 12rem; max-width: 40rem; } .card > p + form { margin-top: .75rem; }
label { display: grid; gap: .25rem; font-size: .875rem; font-weight: 550; } label.check { display: flex; gap: .5rem; align-items: center; font-size: 1rem; font-weight: 400; }
input, select { font: inherit; font-weight: 400; color: inherit; background: var(--surface); border: 1px solid var(--line-strong); border-radius: var(--control-radius); padding: .5rem .75rem; min-height: 2.75rem; width: 100%; min-width: 0; }
input[type=checkbox] { width: 1.25rem; min-height: 1.25rem; accent-color: var(--accent); padding: 0; flex: none; }
button, a.button { width: auto; min-height: 2.75rem; padding: .5rem 1rem; margin: 0; border-color: var(--line-strong); } .small { min-height: 2.25rem; padding: .25rem .75rem; font-size: .875rem; } td button { min-height: 1.75rem; margin-block: -.25rem; padding: 0 .75rem; font-size: .875rem; }
button.danger { color: var(--danger); border-color: currentColor; } .buttons { display: flex; flex-wrap: wrap; gap: .5rem; }
.hint { font-size: var(--small-size); color: var(--muted); font-weight: 400; } .clock { font-size: clamp(1.375rem, 6vw, 2rem); font-weight: 650; font-variant-numeric: tabular-nums; margin: 0; }
.empty { color: var(--muted); padding: 1rem 0; } details > summary { cursor: pointer; padding: .5rem 0; font-weight: 550; } pre { overflow: auto; margin: .5rem 0 0; font-size: var(--small-size); white-space: pre-wrap; }
svg.chart { display: block; width: 100%; height: auto; } svg.chart text { fill: var(--muted); font: 11px var(--sans); } svg.chart line { stroke: var(--line); }
svg.chart rect { fill: var(--accent); }
td summary { padding: 0; font-weight: 400; font-size: var(--small-size); color: var(--muted); } td button { white-space: nowrap; }
@media (forced-colors: active) { .track { border: 1px solid CanvasText; } .track > span { forced-color-adjust: none; background: Highlight; }
  nav.sections a { border-color: Canvas; } nav.sections a[aria-current] { forced-color-adjust: none; background: Highlight; color: HighlightText; } }
@media (max-width: 46rem) { .ledger-time { margin-left: 0; }
  table, tbody, tr, td, tbody th { display: block; } thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  tbody tr { padding: .5rem 0; border-bottom: 1px solid var(--line); } tbody tr:last-child { border: 0; } td, tbody th { border: 0; padding: .125rem 0; }
  td { display: flex; gap: .25rem .75rem; flex-wrap: wrap; justify-content: space-between; align-items: baseline; } td::before { content: attr(data-label); color: var(--muted); font-size: var(--small-size); } td > div { min-width: 0; } td button { min-height: 2.75rem; margin: 0; } td.id { overflow-wrap: anywhere; } }
`
