import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { imagePage } from './fixtures/image-page.ts'
import { spend } from './fixtures/spend.ts'
import { startStudio, type Studio } from './fixtures/studio.ts'

/** From losing the server to showing the banner, by the page's clock. */
const BANNER_MS_MAX = 2000
const STEP_MS = 100
/** Two missed heartbeats, the wait before the banner, and a busy machine. */
const HALF_OPEN_MS_MAX = 60_000

let studio: Studio
beforeAll(async () => {
  studio = await startStudio()
})
afterAll(() => studio?.stop())

/** Every request of this customer's windows. */
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
  return expect.poll(imagePage(page).balance, { interval: 50 }).toBe(`${left} left`)
}

describe('eight windows of one person', () => {
  it('share one push connection and all follow', async () => {
    const { page, context } = await studio.guest()
    const urls = listenTo(context)
    const windows = [page]
    for (let count = 1; count < 8; count += 1) windows.push(await openWindow(context))
    await imagePage(page).prompt.fill('A fox')
    await imagePage(page).make(9)
    await Promise.all(windows.map((window) => shows(window, 9)))
    // The first window's own connection was opened before we listened.
    expect(urls.filter((url) => url.includes('onBalance'))).toEqual([])

    await page.close()
    await expect.poll(() => urls.filter((url) => url.includes('onBalance')).length).toBe(1)
    const [next] = windows.slice(1)
    if (!next) throw new Error('There should be another window.')
    // Spent outside every window, so only the push connection can report it.
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
    await expect.poll(() => imagePage(page).generate.getAttribute('aria-disabled')).toBe('true')
    await context.setOffline(false)
    expect(await spend(context, 'images.generate')).toBe(200)
    await shows(page, 9)
    await imagePage(page).make(8)
    await context.close()
  })

  it('hears of changes again after the server was away', async () => {
    const { page, context } = await studio.guest()
    const banner = page.getByText(/^Reconnecting, last updated \d\d:\d\d$/)
    const lost = page.evaluate(connectionLost, `tollgate:balances:${await userIn(context)}`)
    await page.clock.install()
    await page.clock.pauseAt(Date.now() + STEP_MS)
    await studio.tollgate.kill()
    try {
      await lost
      for (let passed = 0; passed < BANNER_MS_MAX && !(await banner.isVisible());) {
        await page.clock.runFor(STEP_MS)
        passed += STEP_MS
      }
      await expect.poll(() => banner.isVisible()).toBe(true)
      await page.getByText(/^As of \d\d:\d\d$/).waitFor()
    } finally {
      await page.clock.resume()
      // A retry, and every later test, needs it.
      await studio.tollgate.restart()
    }
    await banner.waitFor({ state: 'hidden', timeout: 40_000 })
    await page.getByText(/^As of/).waitFor({ state: 'detached' })
    expect(await spend(context, 'images.generate')).toBe(200)
    await expect.poll(imagePage(page).balance, { timeout: 40_000 }).toBe('9 left')
    await context.close()
  })

  it('says that the server is gone although every connection to it is still open', async () => {
    const { page, context } = await studio.guest()
    const banner = page.getByText(/^Reconnecting, last updated/)
    studio.tollgate.freeze()
    await banner.waitFor({ timeout: HALF_OPEN_MS_MAX }).finally(() => studio.tollgate.thaw())
    await expect.poll(() => banner.count(), { timeout: 40_000 }).toBe(0)
    await context.close()
  })

  it('shows that it is signed out as soon as its session was ended elsewhere, and asks for no balances any more', async () => {
    const { page, context } = await studio.guest()
    await imagePage(page).prompt.fill('A draft worth keeping')
    const [{ name, value } = { name: '', value: '' }] = await context.cookies()
    const { url } = studio.tollgate
    const signedOut = await fetch(`${url}/api/auth/sign-out`, {
      method: 'POST',
      headers: { cookie: `${name}=${value}`, origin: url, 'content-type': 'application/json' },
      body: '{}',
    })
    expect(signedOut.status).toBe(200)
    await page.getByRole('button', { name: 'Continue as guest' }).waitFor()
    const asked = listenTo(context)
    await page.waitForTimeout(3000)
    expect(asked.filter((address) => address.includes('onBalance'))).toEqual([])
    await page.getByRole('button', { name: 'Continue as guest' }).click()
    await page.getByTestId('balance-text').waitFor()
    await expect.poll(() => imagePage(page).prompt.inputValue()).toBe('A draft worth keeping')
    await context.close()
  })

  it('shows the new balance from the answer itself, before the balance is read again', async () => {
    const { page, context } = await studio.guest()
    // With pushes blocked and reads delayed, only the response itself can show the new balance.
    await page.route(/billing\.onBalance/u, (route) => route.abort())
    await page.reload()
    await shows(page, 10)
    await imagePage(page).prompt.fill('A fox')
    let letRead = () => {}
    const maySee = new Promise<void>((resolve) => (letRead = resolve))
    let reads = 0
    await page.route(/billing\.balance/u, async (route) => {
      reads += 1
      await maySee
      await route.continue()
    })
    await imagePage(page).make(9)
    await shows(page, 9)
    await expect.poll(() => reads).toBeGreaterThan(0)
    const read = page.waitForResponse(/billing\.balance/u)
    letRead()
    await (await read).finished()
    await shows(page, 9)
    await context.close()
  })

  it('does not move while it loads', async () => {
    const { context } = await studio.guest()
    const page = await context.newPage()
    await page.addInitScript(watchLoading)
    await load(page)
    expect(await countMoves(page)).toBe(0)
    // Proves that the check detects a shift.
    await page.evaluate(() =>
      document.querySelector('main')?.prepend(document.createElement('hr'), 'Moved'),
    )
    await expect.poll(() => countMoves(page)).toBeGreaterThan(0)
    await context.close()
  })
})

async function userIn(context: BrowserContext): Promise<string> {
  const { user } = await (await context.request.get('/api/auth/get-session')).json()
  return String(user.id)
}

/** Runs in the page: waits until its window announces to the browser's other windows that the push connection is lost. */
function connectionLost(channel: string): Promise<void> {
  return new Promise((resolve) => {
    new BroadcastChannel(channel).addEventListener('message', ({ data }) => {
      if (data === false) resolve()
    })
  })
}

async function load(page: Page): Promise<void> {
  await page.goto('/')
  await page.getByTestId('balance-text').waitFor()
  await page.waitForLoadState('networkidle')
}

function countMoves(page: Page): Promise<number> {
  return page.evaluate(() => performance.getEntriesByName('moved').length)
}

/** Runs in the page: marks every layout shift without recent input. */
function watchLoading(): void {
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (!('hadRecentInput' in entry && entry.hadRecentInput)) performance.mark('moved')
    }
  }).observe({ type: 'layout-shift', buffered: true })
}
