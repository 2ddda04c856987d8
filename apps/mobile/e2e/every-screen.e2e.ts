import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { launchChromium, sweepViews } from '@tollgate/testing/browser'
import { programDatabases } from '@tollgate/testing/database'
import { serveFolder } from '@tollgate/testing/serve-folder'
import { startTogether } from '@tollgate/testing/start-together'
import { startTollgate } from '@tollgate/testing/tollgate'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { makeTeam, type Team } from './fixtures/make-team.ts'

/** Every screen of the app in each visible state, and the steps that lead there. */
const SCREENS: Record<string, (page: Page) => Promise<unknown>> = {
  'sign-in': (page) => page.getByRole('heading', { name: 'Your account' }).waitFor(),
  Studio: async (page) => {
    await page.getByRole('button', { name: 'Continue as guest' }).click()
    await page.getByText('0 of 10 images used · 0%').waitFor()
  },
  'Studio with a refused field': async (page) => {
    await page.getByLabel('Subtitle').fill('𓀀')
    await generate(page)
    await page.getByText('These characters cannot be drawn: 𓀀').waitFor()
  },
  'Studio with a card': async (page) => {
    await page.getByLabel('Subtitle').fill('')
    await generate(page)
    await page.getByText('1 image used · 9 left').waitFor()
  },
  details: async (page) => {
    await page.goto('/library')
    await page.getByRole('link', { name: /^A lighthouse/ }).click()
    await page.getByText('Hold placed').waitFor()
  },
  text: async (page) => {
    await page.goto('/summarize')
    await page.getByText(/of 5,000 tokens used/).waitFor()
  },
  library: async (page) => {
    await page.goto('/library')
    await page.getByRole('link', { name: /^A lighthouse/ }).waitFor()
  },
  activity: async (page) => {
    await page.goto('/activity')
    await page.getByText('5,000 tokens a month').waitFor()
  },
  account: async (page) => {
    await page.goto('/account')
    await page.getByRole('button', { name: 'Change plan' }).waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
  },
  'make an account': async (page) => {
    await page.goto('/make-account')
    await page.getByRole('heading', { name: 'Keep your balance' }).waitFor()
  },
  options: async (page) => {
    await page.goto('/out-of-credits')
    await page.getByRole('heading', { name: 'Nothing is missing' }).waitFor()
  },
  'checkout return': async (page) => {
    // Never responds, so that the screen stays.
    await page.route('**/trpc/billing.refresh*', () => {})
    await page.goto('/checkout')
    await page.getByText('Reading what you bought…').waitFor()
  },
  'unknown address': async (page) => {
    await page.goto('/nowhere')
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
  },
  'API keys of a guest': async (page) => {
    await page.goto('/keys')
    await page.getByText('API keys need an account').waitFor()
  },
  'alerts and their preferences': async (page) => {
    await page.goto('/alerts')
    await page.getByRole('checkbox', { name: '50%' }).waitFor()
  },
  'API keys': async (page) => {
    await page.goto('/make-account')
    await page.getByLabel('Email').fill(EMAIL)
    await page.getByLabel('Password, at least 8 characters').fill('a password of hers')
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByRole('tab', { name: 'Account' }).click()
    await page.getByRole('button', { name: 'Manage API keys' }).click()
    await page.getByText('No keys yet.').waitFor()
    await page.getByRole('checkbox', { name: 'QR code' }).waitFor()
  },
  'the secret of a key': async (page) => {
    await page.getByLabel('Name').fill('Label printer')
    await page.getByRole('button', { name: 'Create key' }).click()
    await page.getByTestId('api-key-secret').waitFor()
  },
  'a key about to be revoked': async (page) => {
    await page.getByRole('button', { name: 'I have copied it' }).click()
    await page.getByRole('button', { name: 'Revoke Label printer' }).click()
    await page.getByText('Revoke “Label printer”?').waitFor()
  },
  'a void invitation': async (page) => {
    await page.goto('/join?invitation=none')
    await page.getByText('This invitation is for another address').waitFor()
  },
  'an invitation': async (page) => {
    const { pathname, search } = new URL(await team.invite(EMAIL, 'billing'))
    await page.goto(`${pathname}${search}`)
    await page.getByRole('button', { name: 'Join Acme' }).waitFor()
  },
  'account in a team': async (page) => {
    await page.getByRole('button', { name: 'Join Acme' }).click()
    await page.getByRole('banner').getByText('Acme').waitFor()
    await page.goto('/account')
    await page.getByRole('radio', { name: 'Acme' }).waitFor()
  },
  team: async (page) => {
    await team.call('team.askOwner', { meter: 'api_calls' })
    await page.goto('/team')
    await page.getByText('Ada asks you to buy API calls').waitFor()
    await page.getByText('Billing – Can spend, buy and see invoices').waitFor()
  },
}

const EMAIL = 'bob@example.com'

let page: Page
let team: Team
let stop: () => Promise<void>
beforeAll(async () => {
  ;({ page, team, stop } = await startTogether(async (defer) => {
    const directory = await mkdtemp(path.join(tmpdir(), 'tollgate-screens-'))
    defer(() => rm(directory, { recursive: true, force: true }))
    const tollgate = await startTollgate({
      dataDirectory: path.join(directory, 'data'),
      environment: await programDatabases(),
    })
    defer(tollgate.stop)
    const app = await serveFolder({ directory: inject('webExport'), serverUrl: tollgate.url })
    defer(app.close)
    const browser = await launchChromium()
    defer(() => browser.close())
    const context = await browser.newContext({ baseURL: app.url, locale: 'en-GB' })
    context.setDefaultTimeout(30_000)
    const opened = await context.newPage()
    await opened.goto('/')
    return { page: opened, team: await makeTeam(tollgate.url, 'Acme') }
  }))
})
afterAll(() => stop?.())

describe('every screen', () => {
  it('has no accessibility violation and fits, light, dark and in forced colors, 320 and 1440 px wide', async () => {
    const problems: string[] = []
    for (const [name, open] of Object.entries(SCREENS)) {
      await open(page)
      problems.push(...(await sweepViews(page)).map((line) => `${name}, ${line}`))
    }
    expect(problems).toEqual([])
  })
})

async function generate(on: Page): Promise<void> {
  await on.getByLabel('What should the card say?').fill('A lighthouse')
  await on.getByRole('button', { name: 'Generate · 1 image' }).click()
}
