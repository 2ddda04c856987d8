import { FIRST_LOAD_MAX, loadPage, SLOW_PHONE } from './fixtures/load-page.ts'
import { startStudio } from './fixtures/studio.ts'
import { viteBuild } from './fixtures/vite-build.ts'

const LOADS = 5

// `pnpm --filter @tollgate/web run measure:load`: the first load of the built Studio on a slow phone, median of five.
await viteBuild()
const studio = await startStudio({}, { embedsDatabase: true })
try {
  const { browser, tollgate } = studio
  const loads = []
  for (let index = 0; index < LOADS; index += 1) {
    loads.push(await loadPage({ browser, url: tollgate.url, profile: SLOW_PHONE }))
  }
  const paints = loads
    .map(({ largestPaintMs }) => largestPaintMs ?? Number.NaN)
    .toSorted((a, b) => a - b)
  const [load] = loads
  for (const { url, bytes } of load?.requests ?? []) say(`${bytes} B ${new URL(url).pathname}`)
  say(
    `largest paint: median ${Math.round(paints[Math.floor(LOADS / 2)] ?? 0)} ms of ${paints.map(Math.round).join(', ')} (at most ${FIRST_LOAD_MAX.largestPaintMs})`,
  )
  say(
    `on the wire: ${load?.bytes} B (at most ${FIRST_LOAD_MAX.bytes}), ${load?.requests.length} requests (at most ${FIRST_LOAD_MAX.requests})`,
  )
} finally {
  await studio.stop()
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
