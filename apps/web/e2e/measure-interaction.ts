import type { CDPSession, Page } from 'playwright-core'
import { imagePage } from './fixtures/image-page.ts'
import { watchLayoutShift } from './fixtures/layout-shift.ts'
import { SLOW_PHONE } from './fixtures/load-page.ts'
import { startStudio } from './fixtures/studio.ts'
import { viteBuild } from './fixtures/vite-build.ts'

const CLICKS = 7
/** Users notice a longer delay between a click and its effect. */
const CLICK_MS_MAX = 50
const PATHS = ['/', '/summarise', '/qr', '/usage', '/usage?view=settings', '/plans', '/account']

// `pnpm --filter @tollgate/web run measure:interaction`: layout shift on every page, and how soon a click on Generate shows, on a
// four times slower processor.
await viteBuild()
const studio = await startStudio({}, { embedsDatabase: true })
try {
  const { page, context } = await studio.guest()
  const session = await context.newCDPSession(page)
  const shiftOf = await watchLayoutShift(page)
  await page.goto('/')
  await measureClicks(page, session)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOW_PHONE.slowdown })
  for (const path of PATHS) {
    await page.goto(path, { waitUntil: 'networkidle' })
    say(`layout shift ${await shiftOf()} ${path}`)
  }
} finally {
  await studio.stop()
}

async function measureClicks(page: Page, session: CDPSession): Promise<void> {
  const images = imagePage(page)
  const times: number[] = []
  for (let left = 9; left > 9 - CLICKS; left -= 1) {
    await images.prompt.fill(`A fox, picture ${left}`)
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOW_PHONE.slowdown })
    times.push(await images.generate.evaluate(clickUntilPainted))
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
    await page.getByText(`1 image used · ${left} left`).waitFor()
  }
  const sorted = times.toSorted((one, other) => one - other)
  const median = Math.round(sorted[Math.floor(CLICKS / 2)] ?? Number.NaN)
  say(
    `click to optimistic state: median ${median} ms of ${times.map(Math.round).join(', ')} (at most ${CLICK_MS_MAX})`,
  )
}

/** Runs in the page, so inner functions must be anonymous: milliseconds from a click to the frame that shows the reservation. */
function clickUntilPainted(button: Element): Promise<number> {
  return new Promise((resolve) => {
    const began = performance.now()
    const observer = new MutationObserver(() => {
      if (!/1 reserved/.test(document.querySelector('main')?.textContent ?? '')) return
      observer.disconnect()
      // The change is on screen in the next frame.
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)))
    })
    observer.observe(document.body, { subtree: true, childList: true, characterData: true })
    if (button instanceof HTMLElement) button.click()
  })
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
