import { findViolations } from '@tollgate/testing/browser'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { imagePage } from './fixtures/image-page.ts'
import { startStudio, type Studio } from './fixtures/studio.ts'

let studio: Studio
beforeAll(async () => {
  studio = await startStudio()
})
afterAll(() => studio?.stop())

/** Records the keys of the billed calls that the page sends from now on. */
function countGenerates(page: Awaited<ReturnType<Studio['guest']>>['page']) {
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/trpc/images.generate')) {
      sent.push(request.headers()['idempotency-key'] ?? 'none')
    }
  })
  return sent
}

const SIZES = [
  ['Landscape', 1200, 630],
  ['Square', 1080, 1080],
  ['Story', 1080, 1920],
] as const

describe('the story of a newcomer', () => {
  it('goes from the first click to the last credit, through checkout, and on', async () => {
    const { page, context } = await studio.guest()
    const images = imagePage(page)
    const sent = countGenerates(page)
    await expect.poll(images.balance).toBe('10 left')

    await images.prompt.fill('A lighthouse in a paper sea')
    await images.make(9)
    await expect.poll(images.balance).toBe('9 left')
    expect(await images.picture.getAttribute('src')).toMatch(/^\/api\/results\/[0-9a-f-]{36}$/)
    const width = () =>
      images.picture.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth)
    await expect.poll(width).toBe(1200)

    const download = page.getByRole('link', { name: 'Download' })
    await expect
      .poll(() => download.getAttribute('download'))
      .toBe('a-lighthouse-in-a-paper-sea-1200x630.png')
    await page.getByText('You already own this card · free').waitFor()
    await page.getByRole('button', { name: 'Generate · free' }).click()
    await page.getByText('Same card as before · free').waitFor()
    expect(sent.length).toBe(1)
    await expect.poll(images.balance).toBe('9 left')

    await images.vary(8)
    await studio.tollgate.kill()
    await studio.tollgate.restart()
    await page.reload()
    await expect.poll(images.balance).toBe('8 left')
    await expect.poll(() => images.prompt.inputValue()).toBe('A lighthouse in a paper sea')

    await images.prompt.fill('A lighthouse by day')
    await images.make(7)
    for (let left = 6; left >= 0; left -= 1) await images.vary(left)
    await images.prompt.fill('A harbour at night')
    await images.panel.waitFor()
    await expect.poll(images.balance).toBe('0 left')
    await expect.poll(() => images.generate.getAttribute('aria-disabled')).toBe('true')
    await page.getByRole('link', { name: 'View plans' }).first().waitFor()

    const before = sent.length
    await page.getByRole('button', { name: /^Upgrade to Pro/ }).click()
    await page.getByRole('button', { name: /^Pay/ }).click()
    const go = page.getByRole('button', { name: 'Continue · 1 image' })
    await go.waitFor()
    expect(new URL(page.url()).pathname).toBe('/')
    await expect.poll(() => images.prompt.inputValue()).toBe('A harbour at night')
    expect(sent.length).toBe(before)

    const paid = Number((await images.balance())?.split(' ')[0])
    expect(paid).toBeGreaterThanOrEqual(490)
    await go.click()
    await page.getByText(`1 image used · ${paid - 1} left`).waitFor()
    expect(sent.length).toBe(before + 1)
    expect(new Set(sent).size).toBe(sent.length)
    await images.panel.waitFor({ state: 'detached' })

    await page.getByRole('link', { name: 'Usage' }).click()
    const rows = (status: string) => page.locator('tbody tr').filter({ hasText: status }).count()
    await expect.poll(() => rows('Charged')).toBe(11)
    expect(await rows('From your plan')).toBeGreaterThan(0)
    await context.close()
  })

  it('is charged once for a click in whose middle the server was killed', async () => {
    const { page, context } = await studio.guest()
    const images = imagePage(page)
    const sent = countGenerates(page)
    await images.prompt.fill('A bridge in the rain')
    await images.generate.click()
    await expect.poll(() => sent.length).toBe(1)
    await studio.tollgate.kill()
    await studio.tollgate.restart()
    const receipt = page.getByText('1 image used · 9 left')
    const lost = page.getByText('The connection was lost')
    // The hold of a dead process is released after at most 40 s; until then the page retries with its key.
    await receipt.or(lost).first().waitFor({ timeout: 60_000 })
    // A new click on the same draft is the same intent, so it has the same key.
    if (await lost.isVisible()) await images.generate.click()
    await receipt.waitFor({ timeout: 60_000 })
    expect(new Set(sent).size).toBe(1)
    await expect.poll(images.balance).toBe('9 left')
    await context.close()
  })

  it('draws a card in every size and script, and charges the same card once in two windows', async () => {
    const { page, context } = await studio.guest()
    const images = imagePage(page)
    await images.prompt.fill('日本の海と灯台 🚀')
    await images.subtitle.fill('Opens on Friday')
    const pixels = () =>
      images.picture.evaluate((image) =>
        image instanceof HTMLImageElement ? [image.naturalWidth, image.naturalHeight] : [],
      )
    for (const [index, [size, width, height]] of SIZES.entries()) {
      await page.getByRole('radio', { name: size }).check()
      await images.make(9 - index)
      await expect.poll(pixels).toEqual([width, height])
      await expect
        .poll(() => images.picture.getAttribute('alt'))
        .toBe('日本の海と灯台 🚀. Opens on Friday')
      const shape = await images.picture.boundingBox()
      expect((shape?.width ?? 0) / (shape?.height ?? 1)).toBeCloseTo(width / height, 1)
    }

    // The other window cannot read stored results here, but the server knows what was charged.
    await context.route(/billing\.results/u, (route) => route.abort())
    const other = await context.newPage()
    await other.goto('/')
    await imagePage(other).prompt.fill('日本の海と灯台 🚀')
    await imagePage(other).subtitle.fill('Opens on Friday')
    await other.getByRole('button', { name: /^Generate · / }).click()
    await other.getByText('Same card as before · free').waitFor()
    await expect.poll(imagePage(other).balance).toBe('7 left')
    await other.getByRole('link', { name: 'Usage' }).click()
    await other.getByRole('row').filter({ hasText: 'Free' }).waitFor()
    await context.close()
  })

  it('keeps the balance when a guest makes an account, and finds it again after signing in', async () => {
    const { page, context } = await studio.guest()
    const images = imagePage(page)
    await images.prompt.fill('A fox')
    await images.make(9)
    await page.getByRole('link', { name: 'Account: Guest' }).click()
    const email = `ada-${Date.now()}@example.com`
    await page.getByLabel('Name').fill('Ada')
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('Password').fill('correct horse')
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByRole('link', { name: 'Account: Ada' }).waitFor()
    await page.getByRole('link', { name: 'Images' }).click()
    await expect.poll(images.balance).toBe('9 left')

    await page.getByRole('link', { name: 'Account: Ada' }).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Continue as guest' }).waitFor()
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('Password').fill('correct horse')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('link', { name: 'Account: Ada' }).waitFor()
    await page.getByRole('link', { name: 'Images' }).click()
    await expect.poll(images.balance).toBe('9 left')
    await context.close()
  })

  it('streams a summary and charges the tokens it really took', async () => {
    const { page, context } = await studio.guest()
    await page.getByRole('link', { name: 'Text' }).click()
    await page
      .getByLabel('Your text')
      .fill('The toll road opened in spring. It was paid for in four years. '.repeat(20))
    await page.getByText('Extractive summary, runs on this server, no AI model').waitFor()
    await page.getByRole('button', { name: /^Summarise · ≈/ }).click()
    const receipt = await page.getByText(/^[\d,]+ tokens used · [\d,]+ left$/).textContent()
    const [cost = 0, left = 0] = (receipt?.replaceAll(',', '').match(/\d+/g) ?? []).map(Number)
    expect(cost).toBeGreaterThan(0)
    expect(cost + left).toBe(5000)
    await expect
      .poll(() => page.getByTestId('balance-left').textContent())
      .toBe(`${left.toLocaleString('en-GB')} left`)
    await context.close()
  })

  it('draws a QR code', async () => {
    const { page, context } = await studio.guest()
    await page.getByRole('link', { name: 'QR code' }).click()
    await expect.poll(() => page.title()).toBe('QR code · Tollgate Studio')
    await page.getByLabel('Link or text').fill('https://example.com')
    await page.getByLabel('Code color').fill('#14213d')
    await page.getByRole('button', { name: 'Make QR code · 1 call' }).click()
    await page.getByRole('img', { name: 'QR code for https://example.com' }).waitFor()
    await page.getByText('1 call used · 99 left').waitFor()
    const svg = await page.getByRole('link', { name: 'Download SVG' }).getAttribute('href')
    expect(decodeURIComponent(svg ?? '')).toContain('stroke="#14213d"')
    const png = await page.getByRole('link', { name: 'Download PNG' }).getAttribute('href')
    expect((await context.request.get(png ?? '')).headers()['content-type']).toBe('image/png')
    const used = () => page.getByTestId('balance-text').textContent()
    await expect.poll(used).toBe('1 of 100 calls used · 1%')
    await context.close()
  })
})

describe('the front door', () => {
  it('draws a preview of a card before signing in, asks the server for nothing, and keeps the draft', async () => {
    const context = await studio.browser.newContext({
      locale: 'en-GB',
      baseURL: studio.tollgate.url,
    })
    const page = await context.newPage()
    await page.goto('/')
    await page.getByRole('figure', { name: 'Our new lighthouse opens on Friday' }).waitFor()
    await page.waitForLoadState('networkidle')
    const calls: string[] = []
    page.on('request', (request) => calls.push(request.url()))
    await page.getByLabel('What should your card say?').fill('Tickets on sale today')
    await page.getByText('Night', { exact: true }).click()
    await page
      .getByRole('figure', { name: 'Preview of your card: Tickets on sale today' })
      .waitFor()
    expect(calls).toEqual([])
    await page.route(
      '**/api/auth/sign-in/anonymous',
      (route) => route.fulfill({ status: 429, json: { code: 'TOO_MANY_REQUESTS' } }),
      { times: 1 },
    )
    await page.getByRole('button', { name: 'Continue as guest' }).click()
    await page.getByText('Too many attempts. Please wait a moment.').waitFor()
    await page.getByRole('button', { name: 'Continue as guest' }).click()
    await page.getByTestId('balance-text').waitFor()
    await expect.poll(() => imagePage(page).prompt.inputValue()).toBe('Tickets on sale today')
    await expect.poll(() => page.getByRole('radio', { name: 'Night' }).isChecked()).toBe(true)
    await context.close()
  })
})

describe('signing out', () => {
  it('asks a guest who has something to lose, and begins again at the front door', async () => {
    const { page, context } = await studio.guest()
    await imagePage(page).prompt.fill('A fox')
    await imagePage(page).make(9)
    await page.getByRole('link', { name: 'Account: Guest' }).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    const question = page.getByRole('dialog', { name: 'Sign out and lose this account?' })
    await question.getByRole('button', { name: 'Stay signed in' }).click()
    await question.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Sign out' }).click()
    await question.getByRole('button', { name: 'Sign out anyway' }).click()
    await page.getByRole('button', { name: 'Continue as guest' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/')
    await context.close()
  })

  it('leads from the front door to the plans and, through signing in, back to them', async () => {
    const { page, context } = await studio.guest()
    await page.getByRole('link', { name: 'Account: Guest' }).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('link', { name: 'See plans and prices' }).click()
    await page.getByRole('link', { name: 'Sign in or continue as guest' }).first().click()
    await page.getByRole('button', { name: 'Continue as guest' }).click()
    await page.getByRole('button', { name: 'Upgrade to Pro' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/plans')
    await context.close()
  })
})

describe('plans', () => {
  it('say what a change costs before it happens; a cancelled plan can be kept', async () => {
    const { page, context } = await studio.guest()
    await page.getByRole('link', { name: 'Plans' }).click()
    await page.getByRole('button', { name: 'Upgrade to Pro' }).click()
    const question = page.getByRole('dialog', { name: 'Change to Pro?' })
    await question.waitFor()
    await page.keyboard.press('Escape')
    await question.waitFor({ state: 'hidden' })
    // When closed by keyboard, the dialog returns focus to the button that opened it.
    const focused = () => page.evaluate(() => document.activeElement?.textContent)
    await expect.poll(focused).toBe('Upgrade to Pro')
    await page.keyboard.press('Enter')
    await question.getByText('US$20').waitFor()
    await question.getByRole('button', { name: 'Continue to checkout' }).click()
    await page.getByRole('button', { name: /^Pay/ }).click()
    await page.getByText('Credits added').waitFor()
    await page.getByRole('button', { name: 'Close' }).click()

    await page.getByRole('button', { name: 'Cancel plan' }).click()
    await page.getByRole('button', { name: 'Cancel at the end of the period' }).click()
    await page.getByText(/^Ends \d+ \w+$/).waitFor()
    await page.getByRole('button', { name: 'Keep my plan' }).click()
    await page.getByRole('button', { name: 'Cancel plan' }).waitFor()
    await expect.poll(() => page.getByText(/^Ends/).count()).toBe(0)
    await context.close()
  })

  it('charge nothing when checkout is cancelled, and keep the draft', async () => {
    const { page, context } = await studio.guest()
    await imagePage(page).prompt.fill('A draft worth keeping')
    await page.getByRole('link', { name: 'Plans' }).click()
    await page.getByRole('button', { name: 'Buy 50 images' }).click()
    await page.getByRole('button', { name: 'Cancel and go back' }).click()
    await page.getByText('Checkout was cancelled').waitFor()
    await page.getByRole('link', { name: 'Images' }).click()
    await expect.poll(() => imagePage(page).prompt.inputValue()).toBe('A draft worth keeping')
    await expect.poll(imagePage(page).balance).toBe('10 left')
    await context.close()
  })
})

const PATHS = ['/', '/summarise', '/qr', '/usage', '/plans', '/billing', '/account', '/nowhere']

describe('billing', () => {
  it('shows a guest what was bought, prints its invoice, and asks before it is lost', async () => {
    const { page, context } = await studio.guest()
    await page.getByRole('link', { name: 'Plans' }).click()
    await page.getByRole('button', { name: 'Buy 50 images' }).click()
    await page.getByRole('button', { name: 'Pay $5.00' }).click()
    await page.getByText('Credits added').waitFor()
    await page.getByRole('link', { name: 'Billing' }).click()
    await page.getByText('What you buy lives in this browser only').waitFor()
    await page.getByText('Test card ending in 4242').waitFor()
    await page.getByText('0 of 50 images used · 50 left').waitFor()
    await page.getByRole('link', { name: /^Invoice / }).click()
    await page.getByRole('heading', { name: /^Invoice / }).waitFor()
    await expect.poll(() => page.title()).toMatch(/^Invoice \S+ · Tollgate Studio$/)
    await page.emulateMedia({ media: 'print' })
    const printed = page.getByRole('article')
    await expect.poll(() => printed.getByText('50 images').isVisible()).toBe(true)
    await expect.poll(() => printed.getByText('US$5').first().isVisible()).toBe(true)
    await expect.poll(() => page.getByRole('banner').isVisible()).toBe(false)
    await expect
      .poll(() => page.getByRole('button', { name: 'Print or save as PDF' }).isVisible())
      .toBe(false)
    await page.emulateMedia({ media: 'screen' })
    expect(await findViolations(page)).toEqual([])

    await page.getByRole('link', { name: 'Account: Guest' }).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('dialog', { name: 'Sign out and lose this account?' }).waitFor()
    await context.close()
  })

  it('changes the payment method, and cancels and keeps the plan', async () => {
    const { page, context } = await studio.guest()
    await page.getByRole('link', { name: 'Plans' }).click()
    await page.getByRole('button', { name: 'Upgrade to Pro' }).click()
    await page.getByRole('button', { name: 'Continue to checkout' }).click()
    await page.getByRole('button', { name: /^Pay/ }).click()
    await page.getByText('Credits added').waitFor()
    await page.getByRole('link', { name: 'Billing' }).click()
    await page.getByText(/^US\$20 on \d+ \w+$/).waitFor()
    await page.getByRole('button', { name: 'Cancel plan' }).click()
    await page.getByRole('button', { name: 'Cancel at the end of the period' }).click()
    await page.getByText('Cancelled').waitFor()
    await page.getByText(/^Ends \d+ \w+$/).waitFor()
    await page.getByRole('button', { name: 'Keep my plan' }).click()
    await page.getByText('Active').waitFor()

    await page.getByRole('button', { name: 'Update payment method' }).click()
    await page.getByRole('button', { name: 'Save card' }).click()
    await page.getByText('Payment method saved').waitFor()
    expect(new URL(page.url()).pathname).toBe('/billing')
    await context.close()
  })

  it('speaks German from the plans through checkout to the refusal of a sign-in', async () => {
    const { page, context } = await studio.guest()
    // Chosen in the Studio: the browser itself asks for English.
    await page.evaluate(() => localStorage.setItem('tollgate:locale', 'de'))
    await page.reload()
    await page.getByRole('link', { name: 'Tarife' }).click()
    await page.getByText('Für alle, die jeden Tag etwas machen.').waitFor()
    await page.getByRole('button', { name: 'Auf Pro wechseln' }).click()
    await page.getByRole('button', { name: 'Weiter zur Kasse' }).click()
    await page.getByRole('heading', { name: 'Pro', level: 1 }).waitFor()
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('de')
    expect(await englishIn(page)).toEqual([])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await findViolations(page)).toEqual([])
    }
    await page.getByRole('button', { name: 'Abgelehnte Karte simulieren' }).click()
    await page.getByRole('alert').getByText('Die Testkarte wurde abgelehnt.').waitFor()
    expect(await englishIn(page)).toEqual([])
    await page.getByRole('button', { name: 'Abbrechen und zurück' }).click()
    await page.getByText('Der Kauf wurde abgebrochen').waitFor()
    await page.getByRole('link', { name: 'Abrechnung' }).click()
    await page.getByText('Noch keine Rechnungen.').waitFor()
    expect(await englishIn(page)).toEqual([])

    await page.getByRole('link', { name: 'Konto: Gast' }).click()
    await page.getByRole('button', { name: 'Schon ein Konto? Anmelden' }).click()
    await page.getByLabel('E-Mail').fill('nicht-da@example.com')
    await page.getByLabel('Passwort').fill('falsches Passwort')
    await page.getByRole('button', { name: 'Anmelden', exact: true }).click()
    await page.getByText('E-Mail und Passwort passen zu keinem Konto.').waitFor()
    await context.close()
  })
})

/** English words, none of which occur in German, that the page still shows. */
async function englishIn(page: Page): Promise<string[]> {
  const text = await page.locator('body').innerText()
  return (
    text.match(/\b(the|and|your|you|with|this|of|month|images|payment|card|pay|cancel)\b/gi) ?? []
  )
}

describe('every page', () => {
  it('has a title of its own, and its heading has the focus after it was opened by a link', async () => {
    const { page, context } = await studio.guest()
    // A link may have the same text as the heading it leads to.
    const focused = () => page.evaluate(() => document.activeElement?.closest('h1')?.textContent)
    for (const [link, title, heading] of [
      ['Text', 'Text', 'Summarise'],
      ['Usage', 'Usage', 'Usage'],
      ['Billing', 'Billing', 'Billing'],
      ['Account: Guest', 'Account', 'Account'],
      ['Plans', 'Plans', 'Plans'],
    ] as const) {
      await page.getByRole('link', { name: link }).click()
      await expect.poll(() => page.title()).toBe(`${title} · Tollgate Studio`)
      await expect.poll(focused).toBe(heading)
    }
    await page.goto('/nowhere')
    await expect.poll(() => page.title()).toBe('There is nothing here · Tollgate Studio')
    await context.close()
  })

  it('keeps to the Content-Security-Policy, which allows no inline style', async () => {
    const { page, context } = await studio.guest()
    const broken: string[] = []
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) broken.push(message.text())
    })
    for (const path of PATHS) {
      await page.goto(path)
      await page.locator('h1').waitFor()
      await expect.poll(() => page.locator('[aria-busy=true]').count()).toBe(0)
    }
    await page.goto('/')
    await imagePage(page).prompt.fill('A fox')
    await imagePage(page).make(9)
    expect(broken).toEqual([])
    // Proves that the listener detects a violation of the policy.
    await page.evaluate(() => {
      document.head.append(Object.assign(document.createElement('style'), { textContent: 'p{}' }))
    })
    await expect.poll(() => broken.length).toBe(1)
    await context.close()
  })
})
