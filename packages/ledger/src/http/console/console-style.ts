/** The console's styles beyond those that all our pages share. */
export const CONSOLE_STYLE = `
:root { --bar: #1f5fd0; --bar-2: #0f7b6c; --bar-3: #8a4fc7; --sunk: #ecece7; --warn: #8a4b00; }
@media (prefers-color-scheme: dark) { :root { --bar: #8ab4ff; --bar-2: #63d0bd; --bar-3: #cfa6ff; --sunk: #272a25; --warn: #ffc57a; } }
body { overflow-wrap: anywhere; }
.skip { position: absolute; left: -99rem; } .skip:focus { position: static; display: inline-block; padding: .5rem 1rem; }
header.top { background: var(--card); border-bottom: 1px solid var(--line); }
header.top > div { max-width: 72rem; margin: 0 auto; padding: .75rem 1rem 0; display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: center; }
.brand { font-weight: 700; letter-spacing: -.01em; color: inherit; text-decoration: none; }
.ledger-time { color: var(--soft); font-size: .875rem; font-variant-numeric: tabular-nums; margin-left: auto; }
nav.sections { flex-basis: 100%; } nav.sections ul { display: flex; flex-wrap: wrap; gap: 0 .25rem; list-style: none; margin: 0 -.75rem; padding: 0; }
nav.sections a { display: block; padding: .5rem .75rem .625rem; color: var(--soft); text-decoration: none; font-weight: 550; white-space: nowrap; border-bottom: 3px solid transparent; }
nav.sections a:hover { color: var(--ink); } nav.sections a[aria-current] { color: var(--ink); border-color: var(--accent); }
main { max-width: 72rem; padding: 1.5rem 1rem 4rem; }
.card { padding: 1.25rem; margin-bottom: 1rem; min-width: 0; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); gap: 1rem; align-items: start; margin-bottom: 1rem; }
.columns > .card { margin: 0; }
h1 { font-size: 1.5rem; margin-bottom: 1rem; } h2 { font-size: 1.0625rem; line-height: 1.3; margin: 0 0 .75rem; } h3 { font-size: .9375rem; margin: 1rem 0 .375rem; }
.head { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; justify-content: space-between; margin-bottom: 1rem; } .head h1 { margin: 0; }
.flash { border-radius: .625rem; padding: .625rem 1rem; margin: 0 0 1rem; border: 1px solid currentColor; background: var(--card); color: var(--good); font-weight: 550; }
.flash.bad { color: var(--bad); } .faults { background: var(--note); color: var(--on-note); border-radius: .625rem; padding: .625rem 1rem; margin: 0 0 1rem; }
.faults a { color: inherit; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; }
th, td { text-align: left; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { font-size: .8125rem; color: var(--soft); font-weight: 550; white-space: nowrap; } tbody th { font-weight: 600; }
td.id, tbody th { overflow-wrap: anywhere; }
tbody tr:last-child > * { border-bottom: 0; } th:last-child, td:last-child { padding-right: 0; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; } .when { white-space: nowrap; font-variant-numeric: tabular-nums; }
code { font: .8125rem/1.4 ui-monospace, monospace; } .minus { color: var(--bad); } .plus { color: var(--good); }
.tag { display: inline-block; border: 1px solid currentColor; border-radius: 99rem; padding: 0 .5rem; font-size: .8125rem; font-weight: 550; line-height: 1.5; white-space: nowrap; }
.tag.good { color: var(--good); } .tag.bad { color: var(--bad); } .tag.warn { color: var(--warn); } .tag.plain { color: var(--soft); }
.meter { margin: 0 0 1.25rem; } .meter:last-child { margin: 0; }
.meter .figures { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; } .meter .figures strong { font-variant-numeric: tabular-nums; }
.track { height: .625rem; border-radius: 99rem; background: var(--sunk); box-shadow: inset 0 0 0 1px var(--line); overflow: hidden; margin: .375rem 0 .5rem; }
.track > span { display: block; height: 100%; background: var(--bar); }
.lines { list-style: none; margin: 0; padding: 0; font-size: .875rem; color: var(--soft); } .lines li { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; }
dl.facts { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1rem; margin: 0 0 1rem; } dl.facts dt { color: var(--soft); white-space: nowrap; } dl.facts dd { margin: 0; }
form.fields { display: grid; gap: .75rem; } form.row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; } form.row label { flex: 1 1 12rem; max-width: 40rem; } .card > p + form { margin-top: .75rem; }
label { display: grid; gap: .25rem; font-size: .875rem; font-weight: 550; } label.check { display: flex; gap: .5rem; align-items: center; font-size: 1rem; font-weight: 400; }
input, select { font: inherit; font-weight: 400; color: inherit; background: var(--ground); border: 1px solid var(--soft); border-radius: .5rem; padding: .5rem .75rem; min-height: 2.75rem; width: 100%; min-width: 0; }
input[type=checkbox] { width: 1.25rem; min-height: 1.25rem; accent-color: var(--accent); padding: 0; flex: none; }
button, a.button { width: auto; min-height: 2.75rem; padding: .5rem 1rem; margin: 0; border-color: var(--soft); } td button, .small { min-height: 2.25rem; padding: .25rem .75rem; font-size: .875rem; }
button.danger { color: var(--bad); border-color: currentColor; } .buttons { display: flex; flex-wrap: wrap; gap: .5rem; }
.hint { font-size: .8125rem; color: var(--soft); font-weight: 400; } .clock { font-size: clamp(1.375rem, 6vw, 2rem); font-weight: 650; font-variant-numeric: tabular-nums; margin: 0; }
.empty { color: var(--soft); padding: 1rem 0; } details > summary { cursor: pointer; padding: .5rem 0; font-weight: 550; } pre { overflow: auto; margin: .5rem 0 0; font-size: .8125rem; white-space: pre-wrap; }
svg.chart { display: block; width: 100%; height: auto; } svg.chart text { fill: var(--soft); font: 11px system-ui, sans-serif; } svg.chart line { stroke: var(--line); }
svg .bar-0 { fill: var(--bar); } svg .bar-1 { fill: var(--bar-2); } svg .bar-2 { fill: var(--bar-3); }
td summary { padding: 0; font-weight: 400; font-size: .8125rem; color: var(--soft); } td button { white-space: nowrap; }
@media (max-width: 46rem) { .ledger-time { margin-left: 0; }
  table, tbody, tr, td, tbody th { display: block; } thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  tbody tr { padding: .5rem 0; border-bottom: 1px solid var(--line); } tbody tr:last-child { border: 0; } td, tbody th { border: 0; padding: .125rem 0; }
  td { display: flex; gap: .25rem .75rem; flex-wrap: wrap; justify-content: space-between; align-items: baseline; } td::before { content: attr(data-label); color: var(--soft); font-size: .8125rem; } td > div { min-width: 0; } td.id { overflow-wrap: anywhere; } }
`
