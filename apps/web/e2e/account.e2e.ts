import { readFile } from 'node:fs/promises'
import { findViolations } from '@tollgate/testing/browser'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { imagePage } from './fixtures/image-page.ts'
import { startStudio, type Studio } from './fixtures/studio.ts'

const PASSWORD = 'a password of hers'
const STORY_MS_MAX = 180_000

let studio: Studio
beforeAll(async () => {
  studio = await startStudio()
})
afterAll(() => studio?.stop())

describe('a person who leaves', () => {
  it(
    'downloads what is held, deletes the account, cannot sign in, and is someone else after signing up again',
    { timeout: STORY_MS_MAX },
    async () => {
      const { context, page } = await openFrontDoor()
      await signUp(page, 'ada@example.com')
      const images = imagePage(page)
      await images.prompt.fill('A heron at dusk')
      await images.make(9)
      const customer = await customerIn(context)

      await page.goto('/account')
      await page.getByRole('link', { name: 'Download or delete' }).click()
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Download', exact: true }).click(),
      ])
      expect(download.suggestedFilename()).toBe('tollgate-export.jsonl')
      const held = await readFile(await download.path(), 'utf8')
      const kinds = held
        .trim()
        .split('\n')
        .map((line) => String(JSON.parse(line).kind))
      expect(kinds).toEqual(expect.arrayContaining(['account', 'session', 'balance', 'operation']))
      expect(held).toContain('A heron at dusk')
      for (const secret of [PASSWORD, await sessionTokenIn(context)]) {
        expect(held).not.toContain(secret)
      }

      await page.getByRole('button', { name: 'Delete account' }).click()
      const dialog = page.getByRole('dialog', { name: 'Delete this account?' })
      const confirm = dialog.getByRole('button', { name: 'Delete for good' })
      await expect.poll(() => confirm.getAttribute('aria-disabled')).toBe('true')
      expect(await findViolations(page)).toEqual([])
      await dialog.getByLabel('I understand that this cannot be undone.').check()
      await confirm.click()
      await page.getByRole('heading', { name: 'Your account is deleted' }).waitFor()
      expect(new URL(page.url()).pathname).toBe('/')
      expect(await findViolations(page)).toEqual([])

      await page.getByLabel('Email').fill('ada@example.com')
      await page.getByLabel('Password').fill(PASSWORD)
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await page.getByText('That email and password do not match an account.').waitFor()
      await signUp(page, 'ada@example.com')
      await expect.poll(images.balance).toBe('10 left')
      expect(await customerIn(context)).not.toBe(customer)
      await context.close()
    },
  )

  it(
    'has to delete the team first that no one else owns, and reads so in German',
    { timeout: STORY_MS_MAX },
    async () => {
      const { context, page } = await openFrontDoor()
      await signUp(page, 'mia@example.com')
      await page.goto('/team')
      await page.getByLabel('Name of the team').fill('Acme')
      await page.getByRole('button', { name: 'Create a team' }).click()
      const actsFor = page.getByLabel('Act for').first()
      await expect.poll(() => actsFor.locator('option:checked').textContent()).toBe('Acme')
      await actsFor.selectOption('A person (own account)')
      await expect
        .poll(() => actsFor.locator('option:checked').textContent())
        .toBe('A person (own account)')

      await page.goto('/account/data')
      await page.getByText('A team would be without an owner').waitFor()
      await expect.poll(() => page.getByRole('button', { name: 'Delete account' }).count()).toBe(0)
      expect(await findViolations(page)).toEqual([])
      await page.evaluate(() => localStorage.setItem('tollgate:locale', 'de'))
      await page.reload()
      await page.getByText('Ein Team hätte keinen Inhaber mehr').waitFor()
      expect(await findViolations(page)).toEqual([])
      await page.getByRole('button', { name: 'Acme löschen' }).click()
      await page.getByRole('heading', { name: /Team gespeichert/ }).waitFor()
      await page.getByRole('button', { name: 'Team löschen' }).click()
      const dialog = page.getByRole('dialog', { name: 'Dieses Team löschen?' })
      await dialog.getByRole('checkbox').check()
      await dialog.getByRole('button', { name: 'Endgültig löschen' }).click()
      await page.getByText('Das Team ist gelöscht').waitFor()
      await page.getByRole('button', { name: 'Konto löschen' }).waitFor()
      await context.close()
    },
  )
})

async function openFrontDoor(): Promise<{ context: BrowserContext; page: Page }> {
  const context = await studio.browser.newContext({
    locale: 'en-GB',
    baseURL: studio.tollgate.url,
  })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  await page.goto('/')
  return { context, page }
}

async function signUp(page: Page, email: string): Promise<void> {
  await page.getByRole('button', { name: 'New here? Create an account' }).click()
  await page.getByLabel('Name').fill('A person')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByTestId('balance-text').waitFor()
}

async function customerIn(context: BrowserContext): Promise<string> {
  const answer = await context.request.get('/api/auth/get-session')
  const { user } = await answer.json()
  return String(user.customerId)
}

/** The session token of the cookie, without its signature. */
async function sessionTokenIn(context: BrowserContext): Promise<string> {
  const cookies = await context.cookies()
  const token = cookies.find(({ name }) => name.includes('session_token'))?.value.split('.')[0]
  if (!token) throw new Error('The window is not signed in.')
  return token
}
