import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findViolations, launchChromium } from '@tollgate/testing/browser'
import { programDatabases } from '@tollgate/testing/database'
import { serveFolder } from '@tollgate/testing/serve-folder'
import { startTollgate } from '@tollgate/testing/tollgate'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

const PATIENCE = { timeout: 60_000 }

let directory: string
let tollgate: Awaited<ReturnType<typeof startTollgate>>
let app: Awaited<ReturnType<typeof serveFolder>>
let browser: Browser
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tollgate-mobile-'))
  tollgate = await startTollgate({
    dataDirectory: join(directory, 'data'),
    environment: await programDatabases(),
  })
  app = await serveFolder({ directory: inject('webExport'), serverUrl: tollgate.url })
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
  await tollgate?.stop()
  await rm(directory, { recursive: true, force: true })
})

async function openAsGuest(): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const page = await context.newPage()
  await page.goto(app.url)
  await page.getByRole('button', { name: 'Continue as guest' }).click(PATIENCE)
  await page.getByText('0 of 10 images used · 0%').waitFor(PATIENCE)
  return page
}

/** The same customer on a device without any stored state. */
async function openOnAnotherDevice(page: Page): Promise<Page> {
  const session = await page.evaluate(() => sessionStorage.getItem('tollgate.session') ?? '')
  const context = await browser.newContext({ viewport: { width: 320, height: 640 } })
  await context.addInitScript((kept) => sessionStorage.setItem('tollgate.session', kept), session)
  const other = await context.newPage()
  await other.goto(app.url)
  return other
}

async function generate(page: Page, prompt: string): Promise<void> {
  await page.getByLabel('What should the card say?').fill(prompt)
  await page.getByRole('button', { name: 'Generate · 1 image' }).click(PATIENCE)
}

/** Cuts the network as a phone in a lift experiences it. */
async function goOffline(page: Page, isOffline: boolean): Promise<void> {
  await page.context().setOffline(isOffline)
}

describe('the app in a browser', () => {
  it('generates a picture, shows the balance at once, and lists it with its cost, its times and its id', async () => {
    const page = await openAsGuest()
    await generate(page, 'a fox in the snow')
    await page.getByRole('img', { name: 'a fox in the snow' }).waitFor(PATIENCE)
    await page.locator('img[src^="blob:"]').waitFor({ ...PATIENCE, state: 'attached' })
    await page.getByText('1 image used · 9 left').waitFor(PATIENCE)
    const meter = page.getByRole('meter', { name: 'Image generations' })
    const said = () => meter.getAttribute('aria-valuetext')
    await expect.poll(said, PATIENCE).toBe('1 of 10 images used · 10%, 9 left')
    await expect.poll(() => meter.getAttribute('aria-valuenow')).toBe('1')

    const other = await openOnAnotherDevice(page)
    await other.getByRole('tab', { name: 'Library' }).click(PATIENCE)
    await other
      .getByRole('link', { name: /^a fox in the snow Image · Kept until / })
      .click(PATIENCE)
    await other.getByRole('img', { name: 'a fox in the snow' }).waitFor(PATIENCE)
    expect(await findViolations(other)).toEqual([])
    await other.context().close()

    await page.getByRole('tab', { name: 'Activity' }).click()
    const line = page.getByRole('link', { name: /^Image 1 image .+ · Charged 9 left$/ })
    await page.getByText('10 images a month').waitFor(PATIENCE)
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('radio', { name: 'Balance changes' }).click()
    await line.waitFor({ ...PATIENCE, state: 'hidden' })
    await page.getByRole('radio', { name: 'Charged', exact: true }).click()
    await line.click(PATIENCE)
    await page.getByRole('heading', { name: 'Details' }).waitFor(PATIENCE)
    await page.getByText('Hold placed').waitFor(PATIENCE)
    await page.getByRole('button', { name: 'Copy ID' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor(PATIENCE)
    const [, shown] = page.url().split('/operation/')
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown)
    expect(await findViolations(page)).toEqual([])
    await page.context().close()
  })

  it('names the field and the reason of a refused character, and makes the card of the chosen size and seed', async () => {
    const page = await openAsGuest()
    await page.getByLabel('Subtitle').fill('drawn by 𓀀')
    await generate(page, 'Launch day')
    await page.getByText('Please check what you entered').waitFor(PATIENCE)
    const refused = page.getByLabel('Subtitle')
    await expect.poll(() => refused.getAttribute('aria-invalid')).toBe('true')
    const noteId = await refused.getAttribute('aria-describedby')
    await expect
      .poll(() => page.locator(`[id="${noteId}"]`).textContent())
      .toBe('These characters cannot be drawn: 𓀀')
    await page.getByText('0 of 10 images used · 0%').waitFor(PATIENCE)

    await refused.fill('drawn by hand')
    await page.getByRole('radio', { name: 'Story' }).click()
    await page.getByText('1080 × 1920 px').waitFor(PATIENCE)
    await page.getByLabel('Seed').fill('7x')
    const sent = page.waitForRequest('**/trpc/images.generate*')
    await page.getByRole('button', { name: 'Generate · 1 image' }).click()
    expect((await sent).postDataJSON()).toMatchObject({ subtitle: 'drawn by hand', seed: 7 })
    const picture = page.locator('img[src^="blob:"]')
    await picture.waitFor({ ...PATIENCE, state: 'attached' })
    const size = () =>
      picture.evaluate((image) =>
        image instanceof HTMLImageElement ? [image.naturalWidth, image.naturalHeight] : null,
      )
    await expect.poll(size, PATIENCE).toEqual([1080, 1920])
    await page.getByText('1 image used · 9 left').waitFor(PATIENCE)
    await page.context().close()
  })

  it('writes a summary as it comes, charges the tokens it used, and finds one again that was left in its middle', async () => {
    const page = await openAsGuest()
    await page.getByRole('tab', { name: 'Text' }).click()
    const sentence = 'Foxes live in the forest and sleep through the day. '
    await page.getByLabel('Your text').fill(sentence.repeat(8) + 'At night they hunt mice.')
    await page.getByRole('button', { name: /^Summarise/ }).click(PATIENCE)
    const receipt = page.getByText(/^[\d,]+ tokens used · 4,\d{3} left$/)
    await receipt.waitFor(PATIENCE)
    expect(await page.getByText(/of 5,000 tokens used/).textContent()).toMatch(/^\d+ of .+%$/)

    await page.getByLabel('Your text').fill('Owls hunt at night and see well. '.repeat(200))
    await page.getByRole('button', { name: /^Summarise/ }).click(PATIENCE)
    await page.getByRole('button', { name: 'Stop' }).waitFor(PATIENCE)
    await page.reload()
    await page.getByRole('link', { name: /^Owls hunt .+ Summary · Kept until / }).click(PATIENCE)
    await page.getByText('Hold placed').waitFor(PATIENCE)
    await page.getByRole('button', { name: '‹ Back' }).click()
    await page.getByRole('tab', { name: 'Activity' }).click()
    await page.getByText('5,000 tokens a month').waitFor(PATIENCE)
    const summaries = () => page.getByRole('link', { name: /^Summary/ }).count()
    await expect.poll(summaries, PATIENCE).toBe(2)
    await page.context().close()
  })

  it('asks before it queues something that costs, and sends it when the network is back', async () => {
    const page = await openAsGuest()
    await goOffline(page, true)
    await generate(page, 'a hen on the moon')
    await page.getByText('You are offline').waitFor(PATIENCE)
    await expect.poll(() => page.getByRole('img', { name: 'a hen on the moon' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Send later · 1 image' }).click()
    await goOffline(page, false)
    await page.getByRole('img', { name: 'a hen on the moon' }).waitFor(PATIENCE)
    await page.getByText('1 of 10 images used · 10%').first().waitFor(PATIENCE)
    await page.context().close()
  })

  it('replays after a restart what was cut off, under one charge', async () => {
    const page = await openAsGuest()
    // The server receives the call; the app is closed before it receives the response.
    let isServed = false
    await page.route(
      '**/trpc/images.generate*',
      async (route) => {
        await route.fetch()
        isServed = true
      },
      { times: 1 },
    )
    await generate(page, 'an owl with a lamp')
    await expect.poll(() => isServed, PATIENCE).toBe(true)
    await page.reload()
    await page.getByText('Finished in the meantime').waitFor(PATIENCE)
    await page.getByRole('img', { name: 'an owl with a lamp' }).waitFor(PATIENCE)
    await page.getByText('1 of 10 images used · 10%').first().waitFor(PATIENCE)
    await page.reload()
    await page.getByText('1 of 10 images used · 10%').waitFor(PATIENCE)
    await expect.poll(() => page.getByText('Finished in the meantime').count()).toBe(0)
    await page.context().close()
  })

  it('prompts before credits end, explains their end, sells what the server offers and shows its invoice', async () => {
    const page = await openAsGuest()
    for (let left = 9; left >= 0; left--) {
      await generate(page, `picture ${left}`)
      await page
        .getByText(`${10 - left} of 10 images used`)
        .first()
        .waitFor(PATIENCE)
      await page.getByRole('img', { name: `picture ${left}`, exact: true }).waitFor(PATIENCE)
      if (left === 2) await page.getByText('You have used 80% of your images.').waitFor(PATIENCE)
      if (left === 1) await page.getByText('Only 1 image left.').waitFor(PATIENCE)
    }
    await page.getByRole('button', { name: 'Upgrade', exact: true }).waitFor(PATIENCE)
    await generate(page, 'one too many')
    await page.getByRole('button', { name: 'See options' }).click(PATIENCE)
    await page.getByRole('button', { name: /^Upgrade to Pro/ }).waitFor(PATIENCE)
    await page.getByRole('button', { name: 'View plans' }).waitFor(PATIENCE)
    await page.getByText(/Wait until/).waitFor(PATIENCE)
    const opened = page.waitForEvent('popup')
    await page.getByRole('button', { name: /^Upgrade to Pro/ }).click()
    const checkout = await opened
    // If it were closed before the response, it might not have been paid.
    const paid = checkout.waitForResponse((answer) => answer.request().method() === 'POST')
    await checkout.getByRole('button', { name: /^Pay/ }).click(PATIENCE)
    await paid
    await checkout.close()
    const prompt = page.getByLabel('What should the card say?')
    await prompt.waitFor(PATIENCE)
    await expect.poll(() => prompt.inputValue()).toBe('one too many')

    await page.getByRole('tab', { name: 'Account' }).click()
    await page.getByText(/^\$20 on /).waitFor(PATIENCE)
    await page.getByText('Test card ending in 4242').waitFor(PATIENCE)
    await page.getByText('Paid').waitFor(PATIENCE)
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByText('Sign out and lose this account?').waitFor(PATIENCE)
    await page.getByRole('button', { name: 'Stay signed in' }).click()
    await page.getByRole('button', { name: 'Change plan' }).waitFor(PATIENCE)
    await page.context().close()
  })
})
