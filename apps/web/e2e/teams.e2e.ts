import { findViolations } from '@tollgate/testing/browser'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { imagePage } from './fixtures/image-page.ts'
import { spend } from './fixtures/spend.ts'
import { startStudio, type Studio } from './fixtures/studio.ts'

let studio: Studio
beforeAll(async () => {
  studio = await startStudio()
})
afterAll(() => studio?.stop())

const STORY_MS_MAX = 180_000

it(
  'a team: invited by a link, spends from the pool, asks an owner, and is removed',
  { timeout: STORY_MS_MAX },
  async () => {
    const { owner, member } = await openTeam('Ada', 'Bob')
    const images = imagePage(member.page)
    await expect.poll(images.balance).toBe('10 left')
    await images.prompt.fill('A lighthouse')
    await images.make(9)
    await owner.page.goto('/')
    await expect.poll(imagePage(owner.page).balance).toBe('9 left')

    for (let count = 0; count < 9; count += 1) {
      expect(await spend(member.context, 'images.generate')).toBe(200)
    }
    await member.page.getByRole('button', { name: 'Ask an owner' }).click()
    await member.page.getByText('Asked. They see it on the page “Team”.').waitFor()
    await expect
      .poll(() => member.page.getByRole('button', { name: /^Upgrade|^Buy/ }).count())
      .toBe(0)
    await member.page.goto('/plans')
    await member.page.getByRole('button', { name: 'Ask an owner' }).waitFor()
    await expect
      .poll(() => member.page.getByRole('button', { name: /^Upgrade|^Buy/ }).count())
      .toBe(0)

    await owner.page.goto('/team')
    await owner.page.getByText('Bob asks you to buy Image').waitFor()
    await owner.page.getByRole('button', { name: 'Mark the request of Bob as done' }).click()
    await owner.page.getByText('No open requests.').waitFor()

    await owner.page.getByRole('button', { name: 'Remove Bob' }).click()
    await owner.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await owner.page.goto('/usage')
    await owner.page.getByText('Image generations · Former member').first().waitFor()
    await member.page.reload()
    await member.page.getByText('You are no longer a member of this team').waitFor()
    await member.page.getByRole('button', { name: 'Continue with your own account' }).click()
    await expect.poll(images.balance).toBe('10 left')
    await owner.context.close()
    await member.context.close()
  },
)

it(
  'a limit: reached by a member, who asks, raised by the owner, and gone on with',
  { timeout: STORY_MS_MAX },
  async () => {
    const { owner, member } = await openTeam('Eve', 'Dan')
    const images = imagePage(member.page)
    await owner.page.goto('/team')
    await owner.page.getByRole('button', { name: 'Set a limit for Dan' }).click()
    const dialog = owner.page.getByRole('dialog', { name: 'Limit of Dan' })
    await dialog.getByLabel('Limit in images').fill('1')
    expect(await findViolations(owner.page)).toEqual([])
    await dialog.getByRole('button', { name: 'Save limit' }).click()
    await owner.page.getByText('0 of 1 image used · 0%').waitFor()
    expect(await findViolations(owner.page)).toEqual([])

    await images.prompt.fill('A lighthouse')
    await images.make(9)
    await images.prompt.fill('A harbour')
    await images.generate.click()
    const alert = member.page.getByRole('alert')
    await alert.getByText('You have reached your limit in this account').waitFor()
    await alert.getByText(/^This takes 1, and 0 of 1 image are left. Resets .+ owner can/).waitFor()
    await alert.getByText('You were not charged.').waitFor()
    expect(await findViolations(member.page)).toEqual([])
    await alert.getByRole('button', { name: 'Ask to raise it' }).click()
    await alert.getByText('Asked. They see it on the page “Team”.').waitFor()
    await alert.getByRole('button', { name: 'Ask to raise it' }).click()
    await alert.getByText('You have asked already.').waitFor()

    await owner.page.reload()
    await owner.page.getByText('1 of 1 image used · 100%').waitFor()
    await owner.page.getByText('Dan asks you to raise their limit: Image').waitFor()
    await owner.page.getByRole('button', { name: 'Raise the limit of Dan' }).click()
    await dialog.getByLabel('Limit in images').fill('3')
    await dialog.getByRole('button', { name: 'Save limit' }).click()
    await owner.page.getByText('No open requests.').waitFor()
    await owner.page.getByText('1 of 3 images used · 33.3%').waitFor()

    await images.make(8)
    await owner.page.goto('/usage')
    await owner.page.getByText('Image generations · Dan').first().waitFor()
    await owner.page.getByRole('row').getByRole('button', { name: 'Image' }).first().click()
    await owner.page.getByRole('dialog').getByText('Made by').waitFor()
    await owner.page.goto('/team')
    await member.page.goto('/team')
    await member.page.getByText('2 of 3 images used · 66.6%').waitFor()
    await expect.poll(() => member.page.getByRole('button', { name: /limit/ }).count()).toBe(0)
    await member.page.evaluate(() => localStorage.setItem('tollgate:locale', 'de'))
    await member.page.reload()
    await member.page.getByText('1 übrig · Erneuert am').waitFor()
    await owner.page.getByRole('button', { name: 'Change limit of Dan: Image' }).click()
    await dialog.getByRole('button', { name: 'Remove limit' }).click()
    await owner.page
      .getByRole('button', { name: /^Change limit of Dan/ })
      .waitFor({ state: 'detached' })
    await owner.context.close()
    await member.context.close()
  },
)

it(
  'a key of the team: created with a limit, which the owner raises and removes',
  { timeout: STORY_MS_MAX },
  async () => {
    const { owner, member } = await openTeam('Kim', 'Lee')
    await owner.page.goto('/account/keys')
    await owner.page.getByText('is charged to the organization').waitFor()
    await owner.page.getByLabel('Name').fill('Label printer')
    await owner.page.getByLabel('Meter').selectOption('api_calls')
    await owner.page.getByLabel('Limit in calls').fill('1')
    await owner.page.getByRole('button', { name: 'Create key' }).click()
    await owner.page.getByRole('button', { name: 'I have copied it' }).click()
    await owner.page.getByText('0 of 1 call used').waitFor()
    const change = owner.page.getByRole('button', {
      name: 'Change limit of Label printer: API call',
    })
    await change.click()
    const dialog = owner.page.getByRole('dialog', { name: 'Limit of Label printer' })
    await dialog.getByLabel('Limit in calls').fill('9')
    await dialog.getByRole('button', { name: 'Save limit' }).click()
    await owner.page.getByText('0 of 9 calls used').waitFor()
    expect(await findViolations(owner.page)).toEqual([])
    await change.click()
    await dialog.getByRole('button', { name: 'Remove limit' }).click()
    await change.waitFor({ state: 'detached' })
    await owner.page.getByText('Label printer').waitFor()

    await member.page.goto('/account/keys')
    await member.page.getByText('No keys yet.').waitFor()
    await owner.context.close()
    await member.context.close()
  },
)

type Window = { context: BrowserContext; page: Page }

it('a switch leaves the other windows of the browser what they show and what was typed, and charges no one from there', async () => {
  const { context, page } = await openWindow('/')
  await signUp(page, 'Mia')
  await page.getByTestId('balance-text').waitFor()
  await page.goto('/team')
  await page.getByLabel('Name of the team').fill('Acme')
  await page.getByRole('button', { name: 'Create a team' }).click()
  const actingFor = (window: Page) =>
    window.getByRole('banner').getByLabel('Act for').locator('option:checked')
  await expect.poll(() => actingFor(page).textContent()).toBe('Acme')

  const other = await context.newPage()
  await other.goto('/')
  await expect.poll(imagePage(other).balance).toBe('10 left')
  await imagePage(other).prompt.fill('A draft worth keeping')
  await page.bringToFront()
  await page.getByLabel('Act for').first().selectOption('Mia (own account)')
  await other.getByText('You act for Mia (own account) in another window').waitFor()
  await expect.poll(() => actingFor(other).textContent()).toBe('Acme')
  await imagePage(other).generate.click()
  await other.getByText('You act for another account now').waitFor()
  await other.getByRole('button', { name: 'Switch this window too' }).first().click()
  await expect.poll(() => actingFor(other).textContent()).toBe('Mia (own account)')
  await expect.poll(() => imagePage(other).prompt.inputValue()).toBe('A draft worth keeping')
  await expect.poll(imagePage(other).balance).toBe('10 left')
  await imagePage(other).make(9)

  await other.getByLabel('Act for').first().selectOption('Acme')
  await page.getByText('You act for Acme in another window').waitFor()
  await expect.poll(imagePage(other).balance).toBe('10 left')
  await context.close()
})

/** A team of two, the second of whom joined with the first one's invitation link. */
async function openTeam(
  ownerName: string,
  memberName: string,
): Promise<{ owner: Window; member: Window }> {
  const owner = await openWindow('/')
  await signUp(owner.page, ownerName)
  await owner.page.getByTestId('balance-text').waitFor()
  await owner.page.goto('/team')
  await owner.page.getByLabel('Name of the team').fill('Acme')
  await owner.page.getByRole('button', { name: 'Create a team' }).click()
  await owner.page.getByLabel('Email').fill(addressOf(memberName))
  await owner.page.getByRole('button', { name: 'Create the link' }).click()
  await owner.page.getByRole('button', { name: 'Copy the link' }).click()
  const link = await owner.page.evaluate(() => navigator.clipboard.readText())

  const member = await openWindow(link)
  await signUp(member.page, memberName)
  await member.page.getByText('Acme invites you as: Member.').waitFor()
  await member.page.getByRole('button', { name: 'Join Acme' }).click()
  return { owner, member }
}

async function openWindow(address: string): Promise<Window> {
  const context = await studio.browser.newContext({
    locale: 'en-GB',
    baseURL: studio.tollgate.url,
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  await page.goto(address)
  return { context, page }
}

async function signUp(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New here? Create an account' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Email').fill(addressOf(name))
  await page.getByLabel('Password').fill('a password of hers')
  await page.getByRole('button', { name: 'Create account' }).click()
}

function addressOf(name: string): string {
  return `${name.toLowerCase()}@example.com`
}
