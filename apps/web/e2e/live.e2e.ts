import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { imagePage } from './fixtures/image-page.ts'
import { spend } from './fixtures/spend.ts'
import { startStudio, type Studio } from './fixtures/studio.ts'

const LOADS_MAX = 5

let studio: Studio
beforeAll(async () => {
  studio = await startStudio()
})
afterAll(() => studio?.stop())

/** Everything this person's windows ask the server for. */
function listenTo(context: BrowserContext): string[] {
  const urls: string[] = []
  context.on('request', (request) => urls.push(request.url()))
  return urls
}

async function openWindow(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.goto('/')
  await page.getByTestId('balance-text').waitFor()
  return page
}

function shows(page: Page, left: number) {
  return expect
    .poll(imagePage(page).balance, { timeout: 5000, interval: 50 })
    .toBe(`${left} of 10 image generations left`)
}

describe('eight windows of one person', () => {
  it('share one push connection and all follow within a second', async () => {
    const { page, context } = await studio.guest()
    const urls = listenTo(context)
    const windows = [page]
    for (let count = 1; count < 8; count += 1) windows.push(await openWindow(context))
    await imagePage(page).prompt.fill('A fox')
    await imagePage(page).make(9)
    const answeredAt = Date.now()
    await Promise.all(windows.map((window) => shows(window, 9)))
    expect(Date.now() - answeredAt).toBeLessThan(1000)
    // The first window's own connection was opened before we listened.
    expect(urls.filter((url) => url.includes('onBalance'))).toEqual([])

    await page.close()
    await expect.poll(() => urls.filter((url) => url.includes('onBalance')).length).toBe(1)
    const [next] = windows.slice(1)
    if (!next) throw new Error('There should be another window.')
    // Spent where no window knows of it: only the push connection can tell.
    expect(await spend(context, 'images.generate')).toBe(200)
    await shows(next, 8)
    await context.close()
  })
})

describe('a window', () => {
  it('says it is offline, sends nothing, and catches up when it is back', async () => {
    const { page, context } = await studio.guest()
    await imagePage(page).prompt.fill('A fox')
    await context.setOffline(true)
    await page.getByText('You are offline. Nothing is sent').waitFor()
    expect(await imagePage(page).generate.getAttribute('aria-disabled')).toBe('true')
    await context.setOffline(false)
    expect(await spend(context, 'images.generate')).toBe(200)
    await shows(page, 9)
    await imagePage(page).make(8)
    await context.close()
  })

  it('hears of changes again after the server was away', async () => {
    const { page, context } = await studio.guest()
    await studio.tollgate.kill()
    await studio.tollgate.restart()
    expect(await spend(context, 'images.generate')).toBe(200)
    await expect
      .poll(imagePage(page).balance, { timeout: 20_000 })
      .toBe('9 of 10 image generations left')
    await context.close()
  })

  it('shows the new balance within 100 ms of the answer, before the balance is read again', async () => {
    const { page, context } = await studio.guest()
    await imagePage(page).prompt.fill('A fox')
    await page.evaluate(watchBalance)
    await imagePage(page).make(9)
    await expect
      .poll(() => page.evaluate(() => performance.getEntriesByName('balance-shown').length))
      .toBe(1)
    const times = await page.evaluate(() => {
      const shown = performance.getEntriesByName('balance-shown')[0]?.startTime ?? Number.NaN
      const calls = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
      const answer = calls.findLast(({ name }) => name.includes('images.generate'))
      const reads = calls.filter(
        (call) =>
          call.name.includes('billing.balance') && call.startTime > (answer?.responseEnd ?? 0),
      )
      return { afterAnswer: shown - (answer?.responseEnd ?? Number.NaN), reads: reads.length }
    })
    expect(times.afterAnswer).toBeGreaterThan(0)
    expect(times.afterAnswer).toBeLessThan(100)
    expect(times.reads).toBeGreaterThan(0)
    await context.close()
  })

  it('has no task above 50 ms while it loads', async () => {
    const { context } = await studio.guest()
    const page = await context.newPage()
    await page.addInitScript(watchLoading)
    const longest: number[] = []
    // Tasks are timed by the wall clock, so a busy machine lengthens them: one undisturbed load is the proof.
    for (let attempt = 0; attempt < LOADS_MAX && !longest.includes(0); attempt += 1) {
      await load(page)
      longest.push(
        await page.evaluate(() => {
          const marks = performance.getEntriesByName('stuck')
          return Math.max(0, ...marks.map((mark) => Number('detail' in mark ? mark.detail : 0)))
        }),
      )
    }
    expect(longest).toContain(0)
    // The same check sees one when there is one.
    await page.evaluate(() =>
      setTimeout(() => {
        const end = performance.now() + 80
        while (performance.now() < end);
      }),
    )
    const stuck = () => page.evaluate(() => performance.getEntriesByName('stuck').length)
    await expect.poll(stuck).toBeGreaterThan(0)
    await context.close()
  })

  it('does not move while it loads', async () => {
    const { context } = await studio.guest()
    const page = await context.newPage()
    await page.addInitScript(watchLoading)
    await load(page)
    expect(await countMoves(page)).toBe(0)
    // The same check sees it when something does move.
    await page.evaluate(() =>
      document.querySelector('main')?.prepend(document.createElement('hr'), 'Moved'),
    )
    await expect.poll(() => countMoves(page)).toBeGreaterThan(0)
    await context.close()
  })
})

async function load(page: Page): Promise<void> {
  await page.goto('/')
  await page.getByTestId('balance-text').waitFor()
  await page.waitForLoadState('networkidle')
}

function countMoves(page: Page): Promise<number> {
  return page.evaluate(() => performance.getEntriesByName('moved').length)
}

/** Runs in the page: marks the moment when the charge is in the meter; what is only held does not count. */
function watchBalance(): void {
  const meter = document.querySelector('[role=meter]')
  if (!meter) return
  const observer = new MutationObserver(() => {
    if (meter.getAttribute('aria-valuenow') === '1') {
      performance.mark('balance-shown')
      observer.disconnect()
    }
  })
  observer.observe(meter, { attributes: true })
}

/** Runs in the page: marks every layout shift that nobody asked for, and every task that keeps people waiting. */
function watchLoading(): void {
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (!('hadRecentInput' in entry && entry.hadRecentInput)) performance.mark('moved')
    }
  }).observe({ type: 'layout-shift', buffered: true })
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      performance.mark('stuck', { detail: Math.round(duration) })
    }
  }).observe({ type: 'longtask', buffered: true })
}
