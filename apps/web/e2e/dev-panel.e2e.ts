import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SPAN_NAMES } from '@tollgate/contract'
import { findViolations, launchChromium } from '@tollgate/testing/browser'
import { type RunningTollgate, startTollgate } from '@tollgate/testing/tollgate'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 900 },
]

describe('the dev panel', () => {
  let dataDirectory: string
  let tollgate: RunningTollgate
  let browser: Browser
  beforeAll(async () => {
    dataDirectory = await mkdtemp(path.join(tmpdir(), 'tollgate-panel-'))
    tollgate = await startTollgate({ dataDirectory, development: true })
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
    await tollgate?.stop()
    await rm(dataDirectory, { recursive: true, force: true })
  })

  it('shows every procedure with its cost and the schema of its input', async () => {
    const page = await open(SIZES[1])
    const list = page.getByRole('navigation', { name: 'Procedures' })
    await expect
      .poll(() => list.getByRole('button').allTextContents())
      .toEqual(
        expect.arrayContaining(['images.generate1 × image_generations', 'billing.plana read']),
      )
    await list.getByRole('button', { name: 'images.generate' }).click()
    await page.getByText('Schema of the input').click()
    const schema = page.getByLabel('Schema', { exact: true })
    await expect.poll(() => schema.textContent()).toContain('"maxLength": 500')
  })

  it.each(SIZES)('calls, and shows the twelve spans, at $width px', async (size) => {
    const page = await open(size)
    await call(page, 'tools.qrCode', { text: 'https://example.com' })
    await page.getByRole('row', { name: /backend/ }).waitFor()
    expect(await page.getByRole('rowheader').allTextContents()).toEqual([...SPAN_NAMES])
    expect(await page.getByRole('status').textContent()).toContain('charged 1 × api_calls')
    await isInOrder(page, size)
  })

  it('shows the picture of an answer, which only who called may read', async () => {
    const page = await open(SIZES[1])
    await call(page, 'images.generate', { title: 'A fox' })
    const picture = page.getByRole('img', { name: 'The picture of the answer' })
    await expect
      .poll(() =>
        picture.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth),
      )
      .toBe(1200)
  })

  it.each(SIZES)('explains a refusal in the words of the guide, at $width px', async (size) => {
    const page = await open(size)
    await call(page, 'images.generate', { prompt: 'a fox', hd: true })
    await page.getByText('(Guide: errors#not-in-plan)').waitFor()
    expect(await page.getByRole('status').textContent()).toMatch(/^403 .* nothing charged$/)
    await isInOrder(page, size)
  })

  it('leads to the Studio, to the billing console and to the outbox', async () => {
    const page = await open(SIZES[1])
    const links = page.getByRole('navigation', { name: 'Elsewhere' }).getByRole('link')
    const targets = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')))
    expect(targets).toEqual([
      tollgate.url,
      `${tollgate.billingUrl}/console`,
      `${tollgate.url}/dev/outbox`,
    ])
  })

  async function open(viewport = SIZES[0]): Promise<Page> {
    const context = await browser.newContext({ viewport: viewport ?? null })
    const page = await context.newPage()
    await page.goto(`${tollgate.url}/dev`)
    return page
  }

  async function call(page: Page, name: string, input: object): Promise<void> {
    await page.getByRole('button', { name }).click()
    await page.getByLabel('Input', { exact: true }).fill(JSON.stringify(input))
    await page.getByRole('button', { name: 'Call', exact: true }).click()
  }

  async function isInOrder(page: Page, { width }: { width: number }): Promise<void> {
    expect(await findViolations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
  }
})
