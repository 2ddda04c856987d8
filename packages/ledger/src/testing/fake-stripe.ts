import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'

/** One request as it arrived, with its form in the flat encoding of Stripe's SDK. */
export type StripeRequest = {
  method: string
  path: string
  form: Record<string, string>
  idempotencyKey: string | undefined
}

/** A local server with the response format of api.stripe.com, as far as we use it. */
export type FakeStripe = {
  api: { host: string; port: number; protocol: 'http' }
  requests: StripeRequest[]
  /** What the customer does on Stripe's page. */
  pay(sessionId: string): void
  expire(sessionId: string): void
  /** Declines the next charges of a stored card. */
  declineCharges(count: number): void
  /** The next requests fail in this way. */
  fail(count: number): void
  close(): Promise<void>
}

type Session = Record<string, unknown> & { id: string; mode: string; status: string }

/** Starts the fake. */
export async function startFakeStripe(): Promise<FakeStripe> {
  const sessions = new Map<string, Session>()
  const requests: StripeRequest[] = []
  let declines = 0
  let failures = 0
  const answer = (request: StripeRequest): { status: number; body: unknown } => {
    const { method, path, form } = request
    if (failures > 0) {
      failures--
      return { status: 500, body: { error: { type: 'api_error', message: 'An error occurred.' } } }
    }
    if (method === 'POST' && path === '/v1/checkout/sessions') {
      const session = newSession(`cs_test_${sessions.size + 1}`, form)
      sessions.set(session.id, session)
      return { status: 200, body: session }
    }
    const closed = sessions.get(
      /^\/v1\/checkout\/sessions\/(?<id>[^/]+)\/expire$/.exec(path)?.groups?.['id'] ?? '',
    )
    if (closed?.status === 'open') Object.assign(closed, EXPIRED)
    else if (closed) return { status: 400, body: NOT_OPEN }
    const session = closed ?? sessions.get(path.split('/').at(-1) ?? '')
    if (session) return { status: 200, body: session }
    if (path === '/v1/refunds') return { status: 200, body: { id: 're_1', object: 'refund' } }
    if (path === '/v1/payment_intents' && declines-- > 0) return { status: 402, body: DECLINED }
    if (path === '/v1/payment_intents') return { status: 200, body: intentOf('pi_renewal') }
    return { status: 404, body: { error: { type: 'invalid_request_error', message: 'No such.' } } }
  }
  const server = createServer((incoming, response) => {
    void read(incoming).then((request) => {
      requests.push(request)
      const { status, body } = answer(request)
      response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_1' })
      response.end(JSON.stringify(body))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    api: { host: '127.0.0.1', port, protocol: 'http' },
    requests,
    pay: (id) => Object.assign(sessions.get(id) ?? {}, paid(sessions.get(id))),
    expire: (id) => Object.assign(sessions.get(id) ?? {}, EXPIRED),
    declineCharges: (count) => void (declines = count),
    fail: (count) => void (failures = count),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function read(incoming: IncomingMessage): Promise<StripeRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
  const key = incoming.headers['idempotency-key']
  return {
    method: incoming.method ?? '',
    path: (incoming.url ?? '').split('?')[0] ?? '',
    form: Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString())),
    idempotencyKey: Array.isArray(key) ? key[0] : key,
  }
}

function newSession(id: string, form: Record<string, string>): Session {
  const mode = form['mode'] ?? ''
  return {
    id,
    object: 'checkout.session',
    mode,
    status: 'open',
    payment_status: mode === 'setup' ? 'no_payment_required' : 'unpaid',
    client_reference_id: form['client_reference_id'],
    metadata: { tollgate_checkout: form['metadata[tollgate_checkout]'] },
    customer: null,
    payment_intent: null,
    setup_intent: null,
    livemode: false,
    success_url: form['success_url'],
    url: `https://checkout.stripe.com/c/pay/${id}`,
  }
}

function paid(session: Session | undefined) {
  const setup = session?.mode === 'setup'
  return {
    status: 'complete',
    payment_status: setup ? 'no_payment_required' : 'paid',
    customer: 'cus_1',
    payment_intent: setup ? null : intentOf('pi_checkout'),
    setup_intent: setup ? { ...intentOf('seti_1'), object: 'setup_intent' } : null,
    url: null,
  }
}

function intentOf(id: string) {
  return {
    id,
    object: 'payment_intent',
    status: 'succeeded',
    payment_method: {
      id: 'pm_1',
      object: 'payment_method',
      type: 'card',
      card: { brand: 'visa', last4: '4242' },
    },
  }
}

const DECLINED = {
  error: {
    type: 'card_error',
    code: 'card_declined',
    decline_code: 'insufficient_funds',
    message: 'Your card has insufficient funds.',
  },
}

const EXPIRED = { status: 'expired', url: null }
const NOT_OPEN = {
  error: { type: 'invalid_request_error', message: 'Only open sessions can be expired.' },
}
