import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { Agent } from 'node:http'
import { OPERATION_ID_HEADER, OPERATION_KEY_HEADER, REPLAYED_HEADER } from '@tollgate/contract'
import type { ObservedAnswer, History } from './history.ts'
import { type HttpAnswer, httpCall } from './http-call.ts'

/** A customer with a device: signs in as a guest and makes billed calls over plain HTTP. */
export type Customer = {
  customerId: string
  token: string
  /** Makes one call once and records its outcome. */
  call(server: string, intent: Intent): Promise<ObservedAnswer>
  /** Records a call that was made by other means. */
  note(intent: Intent, seen: { startedAt: number; answer: ObservedAnswer }): void
  /** Repeats the call with the same key, rotating through the servers, until the outcome is known. */
  callUntilKnown(servers: () => readonly string[], intent: Intent): Promise<ObservedAnswer>
  /** A free query, such as for the customer's own balance. */
  query(server: string, procedure: string, input?: unknown): Promise<HttpAnswer>
}

/** One intent of a customer, and its cost. */
export type Intent = {
  key: string
  procedure: string
  input: unknown
  meter: string
  /** Null when only the receipt states the cost. */
  cost: number | null
}

/** A QR code: the cheapest operation. */
export function qrCodeIntent(key: string, text = `https://example.test/${key}`): Intent {
  return { key, procedure: 'tools.qrCode', input: { text }, meter: 'api_calls', cost: 1 }
}

/** A summary, which is streamed and costs what it used. */
export function summaryIntent(key: string, text: string): Intent {
  return { key, procedure: 'text.summarize', input: { text }, meter: 'ai_tokens', cost: null }
}

/** How long a customer keeps retrying; longer than two processes, dying in succession, can keep its hold. */
const PATIENCE_MS = 120_000
const PAUSE_MS = 250
const SIGN_IN_TRIES_MAX = 20

/** Keeps connections open between calls, as browsers do. */
export function createCustomerAgent(): Agent {
  return new Agent({ keepAlive: true, maxSockets: 2000 })
}

/** Signs a new guest in at `server`; `address` is the device's address behind a proxy that the server trusts. */
export async function signInGuest(options: {
  server: string
  agent: Agent
  history: History
  address?: string
  timeoutMs?: number
}): Promise<Customer> {
  const { agent, history, timeoutMs = 30_000 } = options
  const address = options.address ?? '127.0.0.1'
  const token = await signIn(options.server, { agent, address })
  const headers = { authorization: `Bearer ${token}`, 'x-forwarded-for': address }
  const session = await httpCall(`${options.server}/api/auth/get-session`, { agent, headers })
  const customerId = customerIdOf(session)

  async function call(server: string, intent: Intent): Promise<ObservedAnswer> {
    const startedAt = Date.now()
    const answer = await httpCall(`${server}/trpc/${intent.procedure}`, {
      agent,
      method: 'POST',
      headers: { ...headers, [OPERATION_KEY_HEADER]: intent.key },
      body: intent.input,
      timeoutMs,
    }).then(toAnswer, toUnknown)
    note(intent, { startedAt, answer })
    return answer
  }

  function note(
    { key, procedure, meter, cost }: Intent,
    { startedAt, answer }: { startedAt: number; answer: ObservedAnswer },
  ): void {
    history.add({ customerId, key, procedure, meter, cost, startedAt, endedAt: Date.now(), answer })
  }

  return {
    customerId,
    token,
    call,
    note,
    async callUntilKnown(servers, intent) {
      const deadline = Date.now() + PATIENCE_MS
      for (let turn = 0; ; turn++) {
        const candidates = servers()
        const server = candidates[turn % candidates.length]
        if (server === undefined) throw new Error('There is no server to call.')
        const answer = await call(server, intent)
        if (!isWorthAnotherTry(answer) || Date.now() > deadline) return answer
        await delay(PAUSE_MS)
      }
    },
    query: (server, procedure, input) => {
      const search =
        input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
      return httpCall(`${server}/trpc/${procedure}${search}`, { agent, headers })
    },
  }
}

/** A call that is still running, or whose outcome is unknown, is retried. */
function isWorthAnotherTry(answer: ObservedAnswer): boolean {
  return answer.kind === 'unknown' || (answer.kind === 'refused' && answer.status === 409)
}

async function signIn(server: string, options: { agent: Agent; address: string }): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const answer = await httpCall(`${server}/api/auth/sign-in/anonymous`, {
      agent: options.agent,
      method: 'POST',
      headers: { 'x-forwarded-for': options.address },
      body: {},
    })
    const token = answer.headers['set-auth-token']
    if (typeof token === 'string') return token
    if (answer.status !== 503 || attempt === SIGN_IN_TRIES_MAX) {
      throw new Error(`No guest could sign in: ${answer.status} ${answer.body.slice(0, 300)}`)
    }
    await delay(PAUSE_MS)
  }
}

function customerIdOf(session: HttpAnswer): string {
  const parsed: unknown = JSON.parse(session.body)
  if (
    typeof parsed === 'object' &&
    parsed !== null &&
    'user' in parsed &&
    typeof parsed.user === 'object' &&
    parsed.user !== null &&
    'customerId' in parsed.user &&
    typeof parsed.user.customerId === 'string'
  ) {
    return parsed.user.customerId
  }
  throw new Error(`The session names no customer: ${session.status} ${session.body.slice(0, 300)}`)
}

function toAnswer({ status, headers, body }: HttpAnswer): ObservedAnswer {
  if (status === 200) {
    const operationId = headers[OPERATION_ID_HEADER.toLowerCase()]
    return {
      kind: 'success',
      body: withoutReceipt(body),
      operationId: typeof operationId === 'string' ? operationId : null,
      replayed: headers[REPLAYED_HEADER.toLowerCase()] === 'true',
    }
  }
  const reason = reasonOf(body)
  // A 503 leaves the outcome unknown, or nothing was possible yet; any other 5xx proves nothing either.
  return status >= 500 ? { kind: 'unknown', status, reason } : { kind: 'refused', status, reason }
}

function toUnknown(error: unknown): ObservedAnswer {
  return {
    kind: 'unknown',
    status: null,
    reason: error instanceof Error ? error.message : String(error),
  }
}

/** A stream's pieces without its receipt, whose balances are current ones and differ between replays. */
function withoutReceipt(body: string): string {
  const answer: unknown = JSON.parse(body)
  const pieces = Reflect.get(Object(Reflect.get(Object(answer), 'result')), 'data')
  if (!Array.isArray(pieces)) return body
  const kept = pieces.filter((piece) => Reflect.get(Object(piece), 'type') !== 'receipt')
  return JSON.stringify({ result: { data: kept } })
}

const KIND_IN_BODY = /"kind":"([a-z_]+)"/
function reasonOf(body: string): string {
  return KIND_IN_BODY.exec(body)?.[1] ?? body.slice(0, 200)
}

/** An operation key as a device would generate it. */
export function freshKey(): string {
  return randomUUID()
}
