import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findViolations, launchChromium } from '@tollgate/testing/browser'
import { programDatabases } from '@tollgate/testing/database'
import { serveFolder } from '@tollgate/testing/serve-folder'
import { startTogether } from '@tollgate/testing/start-together'
import { startTollgate } from '@tollgate/testing/tollgate'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type ActingSession, isActing, parseSession } from '../src/features/session/session.ts'
import { makeTeam } from './fixtures/make-team.ts'
import { openPhone, signUp } from './fixtures/open-phone.ts'

const CHOSEN = '[aria-checked="true"]'

let browser: Browser
let url: string
let serverUrl: string
let stop: () => Promise<void>
beforeAll(async () => {
  ;({ browser, url, serverUrl, stop } = await startTogether(async (defer) => {
    const directory = await mkdtemp(join(tmpdir(), 'tollgate-mobile-team-'))
    defer(() => rm(directory, { recursive: true, force: true }))
    const tollgate = await startTollgate({
      dataDirectory: join(directory, 'data'),
      environment: await programDatabases(),
    })
    defer(tollgate.stop)
    const app = await serveFolder({ directory: inject('webExport'), serverUrl: tollgate.url })
    defer(app.close)
    const launched = await launchChromium()
    defer(() => launched.close())
    return { browser: launched, url: app.url, serverUrl: tollgate.url }
  }))
})
afterAll(() => stop?.())

describe('a phone of a member', () => {
  it('joins by the link, spends from the pool, and has each account’s own results and balance after a switch', async () => {
    const acme = await makeTeam(serverUrl, 'Acme')
    const page = await openPhone(browser, { url })
    const email = await signUp(page, 'bob')
    await generate(page, 'mine alone')
    await page.getByText('1 image used · 9 left').waitFor()

    await answerInvitation(page, await acme.invite(email, 'member'))
    await page.getByText('Acme invites you as: Member.').waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Join Acme' }).click()
    await page.getByRole('banner').getByText('Acme').waitFor()
    await page.getByText('0 of 10 images used · 0%').waitFor()
    await page.getByRole('tab', { name: 'Library' }).click()
    await page.getByText(/^Nothing yet\./).waitFor()
    await page.getByRole('tab', { name: 'Studio' }).click()
    await generate(page, 'for the team')
    await page.getByText('1 image used · 9 left').waitFor()
    await acme.call('images.generate', { title: 'from another device' })
    await page.getByText('2 of 10 images used · 20%').waitFor()
    await page.getByRole('tab', { name: 'Activity' }).click()
    await page.getByText(/ · Ada$/).waitFor()
    await page.getByText(/ · bob$/).click()
    await page.getByText('Made by').waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: '‹ Back' }).click()

    await page.getByRole('tab', { name: 'Account' }).click()
    await page.getByRole('radio', { name: 'Acme' }).and(page.locator(CHOSEN)).waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('radio', { name: 'bob (own account)' }).click()
    await page.getByText('1 of 10 images used · 10%').waitFor()
    await expect.poll(() => page.getByRole('banner').getByText('Acme').count()).toBe(0)
    await page.getByRole('tab', { name: 'Library' }).click()
    await page.getByRole('link', { name: /^mine alone/ }).waitFor()
    await expect.poll(() => page.getByRole('link', { name: /^for the team/ }).count()).toBe(0)
    await page.context().close()
  })

  it('asks to have a limit raised, which the phone of an owner shows beside the members', async () => {
    const acme = await makeTeam(serverUrl, 'Acme')
    const page = await openPhone(browser, { url })
    await answerInvitation(page, await acme.invite(await signUp(page, 'finn'), 'member'))
    await page.getByRole('button', { name: 'Join Acme' }).click()
    await page.getByRole('banner').getByText('Acme').waitFor()
    const subject = { kind: 'member', id: await userIdOf(page) }
    await acme.call('limits.set', {
      subject,
      meter: 'image_generations',
      amount: 0,
      period: 'month',
    })
    await generate(page, 'one too many')
    await page.getByText('You have reached your limit in this account').waitFor()
    await page.getByRole('button', { name: 'See options' }).click()
    await page
      .getByRole('main')
      .getByText(/0 of 0 images are left\. Resets .+ The account owner can raise it\./)
      .waitFor()
    await page.getByRole('button', { name: 'Ask to raise it' }).click()
    await page.getByText('Asked. They see it on the page “Team”.').waitFor()
    expect(await findViolations(page)).toEqual([])

    const other = await openPhone(browser, { url })
    await other.getByLabel('Email').fill(acme.owner.email)
    await other.getByLabel('Password, at least 8 characters').fill(acme.owner.password)
    await other.getByRole('button', { name: 'Sign in' }).click()
    await other.getByRole('tab', { name: 'Account' }).click()
    await other.getByRole('radio', { name: 'Acme' }).click()
    await other.getByRole('banner').getByText('Acme').waitFor()
    await other.getByRole('tab', { name: 'Account' }).click()
    await other.getByRole('button', { name: 'Members and requests' }).click()
    await other.getByText('finn asks you to raise their limit: Image generations').waitFor()
    await other.getByText('Member – Can spend').waitFor()
    await other.getByText('Ada (you)').waitFor()
    expect(await findViolations(other)).toEqual([])
    await other.getByRole('button', { name: 'Mark the request of finn as done' }).click()
    await other.getByText('No open requests.').waitFor()
    await other.context().close()
    await page.context().close()
  })

  it('acts for whom the server says when the answer to a switch is lost, also after a restart', async () => {
    const acme = await makeTeam(serverUrl, 'Acme')
    const page = await openPhone(browser, { url })
    await answerInvitation(page, await acme.invite(await signUp(page, 'bea'), 'member'))
    await page.getByRole('button', { name: 'Join Acme' }).click()
    await page.getByRole('banner').getByText('Acme').waitFor()
    await page.getByRole('tab', { name: 'Account' }).click()
    await page.route('**/organization/set-active', async (route) => {
      await route.fetch()
      await route.abort()
    })
    await page.route('**/get-session', (route) => route.abort())
    await page.getByRole('radio', { name: 'bea (own account)' }).click()
    await page.getByText('The server does not answer.').waitFor()
    await page.reload()
    await page.getByText('The server does not answer.').waitFor()
    await page.unrouteAll()
    await page.getByRole('tab', { name: 'Account' }).click()
    const chosen = page.getByRole('radio').and(page.locator(CHOSEN))
    await chosen.waitFor()
    await expect.poll(() => chosen.textContent()).toBe('bea (own account)')
    await page.context().close()
  })

  it('declines an invitation, which is void from then on', async () => {
    const acme = await makeTeam(serverUrl, 'Acme')
    const page = await openPhone(browser, { url })
    const link = await acme.invite(await signUp(page, 'cleo'), 'viewer')
    await page.getByRole('tab', { name: 'Account' }).click()
    await page.getByLabel('Link of an invitation').fill('nothing')
    await page.getByRole('button', { name: 'Open the invitation' }).click()
    await page.getByText('That is not the link of an invitation.').waitFor()
    await answerInvitation(page, link)
    await page.getByRole('button', { name: 'Decline' }).click()
    await page.getByText('You declined this invitation.').waitFor()
    await page.reload()
    await page.getByText('This invitation is for another address').waitFor()
    await expect.poll(() => page.getByRole('button', { name: 'Join Acme' }).count()).toBe(0)
    await page.context().close()
  })
})

describe('a phone', () => {
  it('chooses what to be alerted of, is alerted without a reload, and reads and dismisses the alert', async () => {
    const page = await openPhone(browser, { url })
    await signUp(page, 'dora')
    await page.getByRole('button', { name: 'Alerts', exact: true }).click()
    await page.getByText(/^No alerts\./).waitFor()
    const half = page.getByRole('checkbox', { name: '50%' })
    const saved = page.waitForResponse('**/trpc/alerts.setPreferences*')
    await half.click()
    await saved
    await page.reload()
    await half.and(page.locator(CHOSEN)).waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: '‹ Back' }).click()

    for (let count = 0; count < 5; count += 1) await spendOne(page, `A lighthouse ${count}`)
    await page.getByRole('button', { name: 'Alerts, 1 unread' }).click()
    await page.getByText('You have used 50% of your images.', { exact: true }).waitFor()
    await page.getByText(/^5 of 10 used · resets /).waitFor()
    expect(await findViolations(page)).toEqual([])
    await page.getByRole('button', { name: '‹ Back' }).click()
    await page.getByRole('button', { name: 'Alerts', exact: true }).click()
    await page.getByRole('button', { name: 'Dismiss: You have used 50% of your images.' }).click()
    await page.getByText(/^No alerts\./).waitFor()
    await page.context().close()
  })

  it('creates a key with a scope, copies the secret that is shown once, and revokes it at once', async () => {
    const page = await openPhone(browser, { url })
    await signUp(page, 'eve')
    await page.getByRole('tab', { name: 'Account' }).click()
    await page.getByRole('button', { name: 'Manage API keys' }).click()
    await page.getByText('No keys yet.').waitFor()
    await page.getByLabel('Name').fill('Label printer')
    const scope = page.getByRole('group', { name: 'May call' })
    for (const box of await scope.getByRole('checkbox').all()) await box.click()
    await page.getByText('Choose at least one').waitFor()
    await scope.getByRole('checkbox', { name: 'QR code' }).click()
    await page.getByRole('radio', { name: '30 days' }).click()
    await page.getByRole('button', { name: 'Create key' }).click()
    const secret = await page.getByTestId('api-key-secret').innerText()
    await page.getByRole('button', { name: 'Copy key' }).click()
    await page.getByRole('button', { name: 'Copied', exact: true }).waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret)
    expect(await findViolations(page)).toEqual([])
    expect(await statusOf(secret, 'tools.qrCode', { text: 'a label' })).toBe(200)
    expect(await statusOf(secret, 'images.generate', { title: 'A card' })).toBe(403)

    await page.getByRole('button', { name: 'I have copied it' }).click()
    // The last use of a key is stored in the background.
    await expect
      .poll(async () => {
        await page.reload()
        await page.getByText('Only QR code').waitFor()
        return page.getByText(/valid until .+ · last used /).count()
      })
      .toBe(1)
    expect(await page.content()).not.toContain(secret)
    await page.getByRole('button', { name: 'Revoke Label printer' }).click()
    await page.getByText('Revoke “Label printer”?').waitFor()
    await page.getByRole('button', { name: 'Keep it' }).click()
    expect(await statusOf(secret, 'tools.qrCode', { text: 'still' })).toBe(200)
    await page.getByRole('button', { name: 'Revoke Label printer' }).click()
    await page.getByRole('button', { name: 'Revoke', exact: true }).click()
    await page.getByText('No keys yet.').waitFor()
    expect(await statusOf(secret, 'tools.qrCode', { text: 'no more' })).toBe(401)
    await page.context().close()
  })
})

/** Generates an image as another device of the same person would; the same title again would be free. */
async function spendOne(page: Page, title: string): Promise<void> {
  const { token } = await sessionOf(page)
  expect(await statusOf(token, 'images.generate', { title })).toBe(200)
}

async function userIdOf(page: Page): Promise<string> {
  return (await sessionOf(page)).acting.userId
}

/** The session token that the app stores. */
async function sessionOf(page: Page): Promise<ActingSession> {
  const session = parseSession(
    await page.evaluate(() => sessionStorage.getItem('tollgate.session')),
  )
  if (session === null || !isActing(session)) throw new Error('The phone is not signed in.')
  return session
}

/** The status of a billed call with this token or key. */
async function statusOf(token: string, procedure: string, input: object): Promise<number> {
  const response = await fetch(`${serverUrl}/trpc/${procedure}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    },
    body: JSON.stringify(input),
  })
  await response.body?.cancel()
  return response.status
}

async function answerInvitation(page: Page, link: string): Promise<void> {
  await page.getByRole('tab', { name: 'Account' }).click()
  await page.getByLabel('Link of an invitation').fill(link)
  await page.getByRole('button', { name: 'Open the invitation' }).click()
}

async function generate(page: Page, title: string): Promise<void> {
  await page.getByLabel('What should the card say?').fill(title)
  await page.getByRole('button', { name: 'Generate · 1 image' }).click()
}
