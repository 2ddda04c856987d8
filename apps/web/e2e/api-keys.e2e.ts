import { findViolations } from '@tollgate/testing/browser'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startStudio, type Studio } from './fixtures/studio.ts'

const SCHEMES = ['light', 'dark'] as const

let studio: Studio
beforeAll(async () => {
  studio = await startStudio()
})
afterAll(() => studio?.stop())

/** Calls a procedure as a program with this key. */
async function callWith(key: string, path: string, input: object): Promise<number> {
  const answer = await fetch(`${studio.tollgate.url}/trpc/${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${key}`,
      'idempotency-key': crypto.randomUUID(),
    },
    body: JSON.stringify(input),
  })
  await answer.body?.cancel()
  return answer.status
}

async function violationsInBothSchemes(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const width of [320, 1440]) {
      await page.setViewportSize({ width, height: 900 })
      const violations = await findViolations(page)
      found.push(...violations.map((line) => `${colorScheme}, ${width} px: ${line}`))
    }
  }
  return found
}

describe('the page of API keys', () => {
  it('creates a key with a scope, shows its secret once, lists its use, and revokes it at once', async () => {
    const { page, context } = await studio.guest()
    await page.goto('/account')
    await page.getByRole('link', { name: 'Manage API keys' }).click()
    await page.getByText('API keys need an account').waitFor()
    await page.getByRole('link', { name: 'Create an account' }).click()
    await page.getByLabel('Name').fill('Ada')
    await page.getByLabel('Email').fill(`${crypto.randomUUID()}@example.com`)
    await page.getByLabel('Password').fill('a long password')
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByRole('heading', { name: 'Ada' }).waitFor()
    await page.getByRole('link', { name: 'Manage API keys' }).click()
    await page.getByText('No keys yet.').waitFor()
    await expect.poll(() => page.title()).toBe('API keys · Tollgate Studio')

    await page.getByLabel('Name').fill('Label printer')
    const scope = page.getByRole('group', { name: 'May call' })
    for (const box of await scope.getByRole('checkbox').all()) await box.uncheck()
    await page.getByText('Choose at least one').waitFor()
    expect(await violationsInBothSchemes(page)).toEqual([])
    await scope.getByRole('checkbox', { name: 'QR code' }).check()
    await page.getByLabel('Meter').selectOption('api_calls')
    await page.getByLabel('Limit in calls').fill('1')
    await page.getByRole('radio', { name: '30 days' }).check({ force: true })
    await page.getByRole('button', { name: 'Create key' }).click()
    const secret = await page.getByTestId('api-key-secret').innerText()
    expect(secret).toMatch(/^tollgate_sk_[\w-]{43}$/)
    expect(await violationsInBothSchemes(page)).toEqual([])

    expect(await callWith(secret, 'tools.qrCode', { text: 'a label' })).toBe(200)
    expect(await callWith(secret, 'images.generate', { title: 'A card' })).toBe(403)
    await page.getByRole('button', { name: 'I have copied it' }).click()
    const key = page.getByRole('listitem').filter({ hasText: 'Label printer' })
    // The last use of a key is stored in the background.
    await expect
      .poll(async () => {
        await page.reload()
        await key.getByText('Only QR code').waitFor()
        return key.getByText(/valid until .+ · last used /).count()
      })
      .toBe(1)
    expect(await page.content()).not.toContain(secret)
    await key.getByText('1 of 1 call used · 100%').waitFor()
    expect(await callWith(secret, 'tools.qrCode', { text: 'one more' })).toBe(402)
    await page.getByRole('button', { name: 'Change limit of Label printer: API call' }).click()
    await page.getByRole('dialog', { name: 'Limit of Label printer' }).waitFor()
    expect(await violationsInBothSchemes(page)).toEqual([])
    await page.getByRole('dialog').getByLabel('Limit in calls').fill('9')
    await page.getByRole('button', { name: 'Save limit' }).click()
    await key.getByText('1 of 9 calls used').waitFor()
    expect(await violationsInBothSchemes(page)).toEqual([])

    await page.getByRole('button', { name: 'Revoke Label printer' }).click()
    await page.getByRole('dialog', { name: 'Revoke “Label printer”?' }).waitFor()
    expect(await violationsInBothSchemes(page)).toEqual([])
    await page.getByRole('button', { name: 'Keep it' }).click()
    expect(await callWith(secret, 'tools.qrCode', { text: 'still' })).toBe(200)
    await page.getByRole('button', { name: 'Revoke Label printer' }).click()
    await page.getByRole('button', { name: 'Revoke', exact: true }).click()
    await page.getByText('No keys yet.').waitFor()
    expect(await callWith(secret, 'tools.qrCode', { text: 'no more' })).toBe(401)

    await page.evaluate(() => localStorage.setItem('tollgate:locale', 'de'))
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'API-Schlüssel' }).waitFor()
    await page.getByText('Noch keine Schlüssel.').waitFor()
    await page.getByRole('button', { name: 'Schlüssel erstellen' }).waitFor()
    expect(await violationsInBothSchemes(page)).toEqual([])
    await context.close()
  })
})
