import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { openBillingAdmin } from '../../fixtures/billing-admin-client.ts'
import { customerOf, type Guest, signInAsGuest } from '../../fixtures/guest.ts'
import { startTestServer } from '../../fixtures/start-test-server.ts'
import { ownerInputOf, type Victim } from './owner-inputs.ts'
import { type Procedure, readProcedures } from './procedures.ts'

/** Text that only the victim writes. */
const MARK = `mark-${randomUUID()}`

let server: Awaited<ReturnType<typeof startTestServer>>
let guest: Guest
let victim: Victim
let before: unknown
beforeAll(async () => {
  server = await startTestServer()
  guest = await signInAsGuest(server.url)
  victim = await makeVictim()
  before = await everythingOf(guest)
}, 120_000)
afterAll(() => server.close())

describe('called by another customer with the identifiers of a victim', () => {
  it.each(readProcedures())('$path says and changes nothing of the victim', async (procedure) => {
    const attacker = await signInAsGuest(server.url)
    const { status, text } = await attack(attacker, procedure)
    expect(status, text).toBeLessThan(500)
    for (const secret of [victim.customerId, victim.subscriptionId, victim.alertId, MARK]) {
      expect(text).not.toContain(secret)
    }
    expect(await everythingOf(guest)).toEqual(before)
  })

  it('a key of the victim makes an operation of the attacker’s own', async () => {
    const attacker = await signInAsGuest(server.url)
    const answer = await attacker.call('tools.qrCode', { text: MARK }, victim.key)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.headers.get('x-idempotent-replayed')).toBeNull()
    const { text } = await attacker.read('billing.balance')
    expect(text).toContain('"used":1')
  })

  it.each(readProcedures().map(({ path }) => path))(
    '%s answers nothing without a session',
    async (path) => {
      const procedure = readProcedures().find((one) => one.path === path)
      if (!procedure) throw new Error(`${path} is gone.`)
      const { status, text } = await attack(null, procedure)
      expect(OPEN.has(path) ? status === 200 : status === 401, `${status} ${text}`).toBe(true)
    },
  )
})

/** The catalog and the text model are public. */
const OPEN = new Set(['billing.catalog', 'text.model'])

/** Calls a procedure with the victim's identifiers in its input, next to it, in headers and in the URL. */
async function attack(attacker: Guest | null, procedure: Procedure) {
  const { customerId, subscriptionId, key } = victim
  const claims = {
    customerId,
    userId: customerId,
    subscriptionId,
    ctx: { customer: { customerId } },
  }
  const input = JSON.stringify({ ...claims, ...ownerInputOf(procedure, victim) })
  const headers = {
    'content-type': 'application/json',
    'idempotency-key': key,
    'x-customer-id': customerId,
    'x-tollgate-customer': customerId,
    ...(attacker ? { authorization: `Bearer ${attacker.token}` } : {}),
  }
  const isMutation = procedure.type === 'mutation'
  const query = isMutation ? `customerId=${customerId}` : `input=${encodeURIComponent(input)}`
  const closing = new AbortController()
  const response = await fetch(`${server.url}/trpc/${procedure.path}?${query}`, {
    method: isMutation ? 'POST' : 'GET',
    headers,
    ...(isMutation ? { body: input } : {}),
    signal: closing.signal,
  })
  if (procedure.type !== 'subscription') {
    return { status: response.status, text: await response.text() }
  }
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (!/"remaining"|"kind"|error/u.test(text)) {
    const chunk = await reader?.read()
    if (!chunk || chunk.done) break
    text += chunk.value
  }
  closing.abort()
  const isRefused = text.includes('not_signed_in')
  return { status: isRefused ? 401 : response.status, text }
}

/** A customer with a plan, a cap, an alert and operations that only it may see. */
async function makeVictim(): Promise<Victim> {
  const key = `op_${randomUUID()}`
  const paid = await guest.call('tools.qrCode', { text: MARK }, key)
  await guest.call('tools.qrCode', { text: `${MARK}-2` })
  await guest.call('billing.setSpendCap', { meter: 'api_calls', cap: 90 })
  const alertId = await raiseAlert()
  const { billingUrl, config } = server
  const admin = openBillingAdmin({ url: billingUrl ?? '', dataDirectory: config.dataDirectory })
  const customerId = await customerOf(server.url, guest)
  // Otherwise usage that arrives after the purchase would change the victim's own view.
  await vi.waitUntil(
    async () =>
      (await admin.api(`/customers/${customerId}/usage-events`, usageSchema)).data.length === 7,
    { timeout: 60_000, interval: 200 },
  )
  await admin.buy(customerId, 'pro_monthly')
  await vi.waitUntil(
    async () => (await guest.read('billing.plan')).text.includes('"planSlug":"pro"'),
    { timeout: 60_000, interval: 200 },
  )
  const plan = planSchema.parse((await guest.read('billing.plan')).body)
  const input = encodeURIComponent(JSON.stringify({ limit: 1 }))
  const page = pageSchema.parse((await guest.read(`billing.activity?input=${input}`)).body)
  return {
    customerId,
    subscriptionId: plan.result.data.billing.subscription.id,
    key,
    operationId: paid.headers.get('x-operation-id') ?? '',
    cursor: page.result.data.nextCursor,
    alertId,
  }
}

/** Uses half of a guest's pictures, so that its alert is raised. */
async function raiseAlert(): Promise<string> {
  await guest.call('alerts.setPreferences', { thresholds: [50] })
  for (const title of ['one', 'two', 'three', 'four', 'five']) {
    await guest.call('images.generate', { title: `${MARK} ${title}` })
  }
  const list = async () => listSchema.parse((await guest.read('alerts.list')).body).result.data
  const [alert] = await vi.waitUntil(
    async () => {
      const { alerts } = await list()
      return alerts.length > 0 && alerts
    },
    { timeout: 60_000, interval: 200 },
  )
  return alert?.id ?? ''
}

const listSchema = z.object({
  result: z.object({ data: z.object({ alerts: z.array(z.object({ id: z.string() })) }) }),
})
const usageSchema = z.object({ data: z.array(z.unknown()) })
const planSchema = z.object({
  result: z.object({
    data: z.object({ billing: z.object({ subscription: z.object({ id: z.string() }) }) }),
  }),
})
const pageSchema = z.object({
  result: z.object({ data: z.object({ nextCursor: z.string() }) }),
})

/** The victim's own view, without the times of reading. */
async function everythingOf(owner: Guest): Promise<unknown> {
  const key = encodeURIComponent(JSON.stringify({ key: victim.key }))
  const paths = [
    'alerts.list',
    'alerts.preferences',
    'billing.balance',
    'billing.plan',
    'billing.activity?input=%7B%7D',
    'billing.spendCaps',
    'limits.list',
    `billing.operation?input=${key}`,
  ]
  const answers = await Promise.all(paths.map((path) => owner.read(path)))
  return answers.map(({ status, text }) => {
    expect(status, text).toBe(200)
    return text.replaceAll(/"(asOf|version|syncedAt)":("[^"]*"|\d+)/g, '"$1":0')
  })
}
