import { findViolations } from '@tollgate/testing/browser'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { LedgerItem } from '@tollgate/contract'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guestWithPrompt } from './fixtures/guest-with-draft.ts'
import { recordTrace } from './fixtures/record-trace.ts'
import { startStudio, type Studio } from './fixtures/studio.ts'
import { STUDIO } from './fixtures/vite-build.ts'

let studio: Studio
beforeAll(async () => {
  studio = await startStudio()
})
afterAll(() => studio?.stop())

const ROWS = 10_000
/** The script of `pnpm receipt:verify`, relative to the repository root. */
const VERIFY = 'apps/devtools/src/receipt.ts'
/** DOM nodes of several screens of ledger lines and the rest of the page. */
const NODES_MAX = 2500
/** Longer than this is noticeable while scrolling. */
const TASK_MS_MAX = 50
const TRACE = `${STUDIO}test-results/traces/activity.json`

const rows = (page: Page) => page.locator('tbody tr')

describe('a line of the activity', () => {
  it('opens its details with hold, settlement and result by keyboard, and gives the focus back', async () => {
    const { page, context, images } = await guestWithPrompt(studio)
    await images.make(9)
    await page.getByRole('link', { name: 'Usage' }).click()
    const line = rows(page).filter({ hasText: 'Charged' }).getByRole('button')
    await line.focus()
    await page.keyboard.press('Enter')
    const drawer = page.getByRole('dialog')
    await drawer.getByText('A fox').first().waitFor()
    for (const name of ['Hold placed', 'Settled', 'Duration', 'Operation ID', 'Balance after']) {
      await drawer.getByText(name, { exact: true }).waitFor()
    }
    const id = await drawer.locator('code').first().textContent()
    expect(id).toMatch(/^[0-9a-f-]{36}$/)
    expect(await drawer.getByRole('row').last().allTextContents()).toEqual(['Image generations119'])
    await drawer.getByText(/^Kept until/).waitFor()
    expect(await findViolations(page)).toEqual([])
    const link = drawer.getByRole('link', { name: 'Download', exact: true })
    await expect.poll(() => link.getAttribute('href')).toBe(`/api/results/${id}`)
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'hidden' })
    const isFocused = () => line.evaluate((button) => button === document.activeElement)
    await expect.poll(isFocused).toBe(true)

    await line.click()
    await drawer.getByRole('link', { name: 'Open on its page' }).click()
    await images.picture.waitFor()
    await expect.poll(() => images.picture.getAttribute('src')).toBe(`/api/results/${id}`)
    await context.close()
  })

  it('has a signed receipt that is saved as a file, which the command verifies, in both languages', async () => {
    const { page, context, images } = await guestWithPrompt(studio)
    await images.make(9)
    await page.goto('/usage')
    await rows(page).filter({ hasText: 'Charged' }).getByRole('button').click()
    const drawer = page.getByRole('dialog')
    const id = await drawer.locator('code').first().textContent()
    const download = page.waitForEvent('download')
    await drawer.getByRole('link', { name: 'Download signed receipt' }).click()
    expect((await download).suggestedFilename()).toBe(`tollgate-receipt-${id}.jws`)
    const file = await (await download).path()
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', VERIFY, 'verify', file, '--issuer', studio.tollgate.url],
      { cwd: `${STUDIO}../..` },
    )
    expect(JSON.parse(stdout)).toMatchObject({
      operationId: id,
      charges: [{ meter: 'image_generations', amount: 1 }],
    })
    await page.evaluate(() => localStorage.setItem('tollgate:locale', 'de'))
    await page.reload()
    await rows(page).filter({ hasText: 'Berechnet' }).first().getByRole('button').click()
    await drawer.getByRole('link', { name: 'Signierten Beleg herunterladen' }).waitFor()
    await context.close()
  })

  it('is selected by meter, kind and period, also for the file', async () => {
    const { page, context, images } = await guestWithPrompt(studio)
    await images.make(9)
    await page.getByRole('link', { name: 'Usage' }).click()
    await expect.poll(() => rows(page).count()).toBe(4)
    await page.getByLabel('Meter').selectOption({ label: 'Image generations' })
    await expect.poll(() => rows(page).count()).toBe(2)
    await page.getByLabel('Show').selectOption({ label: 'Charged' })
    await page.getByLabel('Period').selectOption({ label: 'Last 7 days' })
    await expect.poll(() => rows(page).count()).toBe(1)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export CSV' }).click()
    const csv = await readFile(await (await download).path(), 'utf8')
    expect(csv.trim().split('\r\n')).toHaveLength(2)
    expect(csv).toContain('"images.generate",,"image_generations","charged",-1,9')
    await page.getByLabel('Show').selectOption({ label: 'Not charged' })
    await page.getByText('Nothing matches this filter').waitFor()
    await page.getByRole('button', { name: 'Show everything' }).click()
    await expect.poll(() => rows(page).count()).toBe(4)
    await context.close()
  })
})

describe('an activity of ten thousand lines', () => {
  it('never has more than a page of them in the document, and scrolls without a long pause', async () => {
    const { page, context } = await studio.guest()
    await page.route(/billing\.ledger/u, async (route) => {
      const asked = new URL(route.request().url()).searchParams.get('input') ?? '{}'
      const inputs: Record<string, { limit: number; cursor: string | null }> = JSON.parse(asked)
      const input = inputs['0'] ?? { limit: 20, cursor: null }
      const data = pageOf(input)
      await route.fulfill({ json: [{ result: { data } }] })
    })
    await page.getByRole('link', { name: 'Usage' }).click()
    const nodes = () => page.evaluate(() => document.querySelectorAll('*').length)
    await expect.poll(() => rows(page).count()).toBe(50)
    const first = await nodes()
    expect(first).toBeLessThan(NODES_MAX)
    for (let at = 2; at <= 12; at += 1) {
      await page.getByRole('button', { name: 'Older' }).click()
      await page.getByText(`Page ${at}`, { exact: true }).waitFor()
      await expect.poll(() => rows(page).first().textContent()).toContain(`Grant ${(at - 1) * 50}`)
    }
    expect(Math.abs((await nodes()) - first)).toBeLessThan(100)
    const { tasksMs } = await recordTrace({
      browser: studio.browser,
      page,
      origin: studio.tollgate.url,
      path: TRACE,
      happen: () => page.evaluate(scrollThrough),
    })
    expect(tasksMs.length).toBeGreaterThan(20)
    expect(Math.max(...tasksMs)).toBeLessThan(TASK_MS_MAX)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export CSV' }).click()
    const csv = await readFile(await (await download).path(), 'utf8')
    expect(csv.trim().split('\r\n')).toHaveLength(ROWS + 1)
    await context.close()
  })
})

/** A page of a ledger with this many lines, as the server returns it. */
function pageOf({ limit, cursor }: { limit: number; cursor: string | null }) {
  const from = Number(cursor ?? 0)
  const to = Math.min(from + limit, ROWS)
  const items = Array.from({ length: to - from }, (_, index): LedgerItem => {
    const line = from + index
    return {
      kind: 'change',
      changeId: `00000000-0000-4000-8000-${String(line).padStart(12, '0')}`,
      reason: 'grant',
      name: `Grant ${line}`,
      meter: 'api_calls',
      amount: 1,
      balanceAfter: ROWS - line,
      at: new Date(Date.UTC(2026, 10, 28) - line * 60_000).toISOString(),
    }
  })
  return { items, nextCursor: to < ROWS ? String(to) : null }
}

/** Runs in the page: scrolls to the end, frame by frame. */
async function scrollThrough(): Promise<void> {
  for (let top = 0; top < document.body.scrollHeight; top += 120) {
    scrollTo(0, top)
    await new Promise((resolve) => requestAnimationFrame(resolve))
  }
}
