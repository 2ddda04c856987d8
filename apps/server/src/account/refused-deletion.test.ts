import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type BillingAdminClient, openBillingAdmin } from '../../fixtures/billing-admin-client.ts'
import { customerOf, type Guest } from '../../fixtures/guest.ts'
import { enter, newCredentials, postAuth } from '../../fixtures/sign-in-account.ts'
import { startTestServer } from '../../fixtures/start-test-server.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
let admin: BillingAdminClient
beforeAll(async () => {
  server = await startTestServer()
  admin = openBillingAdmin({
    url: server.billingUrl ?? '',
    dataDirectory: server.config.dataDirectory,
  })
}, 120_000)
afterAll(() => server.close())

const FREE = { blockedBy: null, organizations: [] }

describe('deleting an account is refused', { timeout: 60_000 }, () => {
  it('while its paid plan would renew, and not once that is cancelled', async () => {
    const person = await signUp()
    await person.read('billing.balance')
    await admin.buy(await customerOf(server.url, person), 'pro_monthly')
    await expect.poll(() => deletionOf(person)).toMatchObject({ blockedBy: 'plan' })
    await expectRefused(person, { blockedBy: 'plan' })
    expect((await person.call('billing.cancelPlan', {})).status).toBe(200)
    expect(await deletionOf(person)).toMatchObject(FREE)
    await expectDeleted(person)
  })

  it('while a checkout can still be paid, and not once that is cancelled', async () => {
    const person = await signUp()
    await person.read('billing.balance')
    const page = await admin.openCheckout(await customerOf(server.url, person), 'images_topup_50')
    await expectRefused(person, { blockedBy: 'checkout' })
    await cancelAt(page)
    expect(await deletionOf(person)).toMatchObject(FREE)
    await expectDeleted(person)
  })

  it('while an organization would be without an owner, and not once someone else is its owner', async () => {
    const [person, heir] = [newCredentials(), newCredentials()]
    const [owner, other] = [await signUp(person), await signUp(heir)]
    const { id } = await organization('create', { name: 'The Press', slug: 'the-press' }, owner)
    const invitation = { email: heir.email, role: 'owner', organizationId: id }
    const invited = await organization('invite-member', invitation, owner)
    await postAuth(server.url, 'organization/set-active', { organizationId: null }, owner)
    await expectRefused(owner, { blockedBy: 'organizations', organizations: ['The Press'] })
    await organization('accept-invitation', { invitationId: invited.id }, other)
    expect(await deletionOf(owner)).toMatchObject(FREE)
    await expectDeleted(owner)
    // The organization still has an owner.
    await postAuth(server.url, 'organization/set-active', { organizationId: id }, other)
    expect((await other.read('account.deletion')).status).toBe(200)
  })

  it('to a member of an organization who does not own it', async () => {
    const invitee = newCredentials()
    const [owner, member] = [await signUp(), await signUp(invitee)]
    const { id } = await organization('create', { name: 'The Shop', slug: 'the-shop' }, owner)
    const invitation = { email: invitee.email, role: 'member', organizationId: id }
    const invited = await organization('invite-member', invitation, owner)
    await organization('accept-invitation', { invitationId: invited.id }, member)
    await postAuth(server.url, 'organization/set-active', { organizationId: id }, member)
    expect((await member.read('account.deletion')).status).toBe(403)
    expect((await member.call('account.delete', { understood: true })).status).toBe(403)
    expect((await owner.read('billing.balance')).status).toBe(200)
  })
})

const signUp = (credentials = newCredentials()) => enter(server.url, 'sign-up/email', credentials)

async function deletionOf(person: Guest): Promise<unknown> {
  return answered.parse((await person.read('account.deletion')).body).result.data
}

/** Expects the preview to name the obstacle, and the deletion to be refused without deleting anything. */
async function expectRefused(person: Guest, reason: object): Promise<void> {
  expect(await deletionOf(person)).toMatchObject(reason)
  const { status, body } = await person.call('account.delete', { understood: true })
  expect(status).toBe(200)
  expect(answered.parse(body).result.data).toMatchObject(reason)
  expect((await person.read('billing.balance')).status).toBe(200)
}

async function expectDeleted(person: Guest): Promise<void> {
  const { body } = await person.call('account.delete', { understood: true })
  expect(answered.parse(body).result.data).toMatchObject(FREE)
  expect((await person.read('billing.balance')).status).toBe(401)
}

async function organization(path: string, body: object, caller: Guest): Promise<{ id: string }> {
  const answer = await postAuth(server.url, `organization/${path}`, body, caller)
  expect(answer.status, path).toBe(200)
  const text = await answer.text()
  return identified.parse(path === 'accept-invitation' ? { id: '' } : JSON.parse(text))
}

async function cancelAt(page: string): Promise<void> {
  const shown = await (await fetch(page)).text()
  const action = /action="([^"]+\/cancel[^"]*)"/.exec(shown)?.[1] ?? ''
  const { status } = await fetch(new URL(action, page), { method: 'POST', redirect: 'manual' })
  expect(status).toBe(303)
}

const answered = z.object({ result: z.object({ data: z.unknown() }) })
const identified = z.object({ id: z.string() })
