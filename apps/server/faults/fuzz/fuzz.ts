import { Agent } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { type Credentials, type DrawnRequest, drawRequest } from './draw-request.ts'
import type { FuzzTarget } from './fuzz-target.ts'
import type { FuzzedRoute } from './fuzzed-route.ts'
import { RAW_REQUESTS } from './raw-requests.ts'
import { type Outcome, sendRaw, sendRequest } from './send-request.ts'

/** How one request was answered. */
export type Answered = {
  program: FuzzedRoute['program']
  status: Outcome['status']
  ms: number
  /** Whether it was answered only after a retry, because the server sent 503 with `Retry-After` or did not respond. */
  wasAskedBack: boolean
  /** The request and its response, if they show a failure of the program. */
  failure: string | null
}

/** How often such a request is retried. */
const REPEATS_MAX = 3

/**
 * Sends the requests with these numbers, several concurrently. Requests that ask for a retry are repeated alone at the end: that shows
 * whether the request or a busy machine was the cause.
 */
export async function fuzz(options: {
  target: FuzzTarget
  seed: number
  from: number
  until: number
  atOnce: number
  credentials: Credentials
  ids: readonly string[]
}): Promise<Answered[]> {
  const { target, from, until } = options
  const agent = new Agent({ keepAlive: true, maxSockets: options.atOnce })
  const answers: Answered[] = []
  const askedBack: { number: number; sent: DrawnRequest }[] = []
  const queue = Array.from({ length: until - from }, (_, index) => from + index).values()
  const send = (sent: DrawnRequest) => sendRequest(target[sent.route.program], sent, agent)
  const note = (number: number, sent: DrawnRequest, last: Outcome & { wasAskedBack: boolean }) => {
    const isFailure = blames(last) || last.status === 'closed'
    answers.push(answered(sent.route.program, last, isFailure && `${number}: ${describe(sent)}`))
  }
  const worker = async () => {
    for (const number of queue) {
      const sent = drawRequest({ ...options, number, routes: target.routes })
      const outcome = await send(sent)
      if (asksBack(outcome)) askedBack.push({ number, sent })
      else note(number, sent, { ...outcome, wasAskedBack: false })
    }
  }
  await Promise.all(Array.from({ length: options.atOnce }, worker))
  for (const { number, sent } of askedBack) {
    note(number, sent, { ...(await repeat(() => send(sent))), wasAskedBack: true })
  }
  agent.destroy()
  return answers
}

async function repeat(send: () => Promise<Outcome>): Promise<Outcome> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await send()
    if (!asksBack(outcome) || attempt === REPEATS_MAX) return outcome
    await delay((outcome.retryAfter ?? 1) * 1000)
  }
}

function asksBack({ status, retryAfter }: Outcome): boolean {
  return status === 'hang' || (status === 503 && retryAfter !== null)
}

/** Sends requests that no HTTP library would send to both programs, each over its own socket. */
export async function fuzzRaw(target: FuzzTarget): Promise<Answered[]> {
  const programs = ['server', 'billing'] as const
  const sending = programs.flatMap((program) =>
    RAW_REQUESTS.map(async (raw) => {
      const outcome = await sendRaw(target[program], raw)
      // The server may answer an incomplete request by closing the connection.
      const sent = blames(outcome) && JSON.stringify(raw.slice(0, 200))
      return answered(program, { ...outcome, wasAskedBack: false }, sent)
    }),
  )
  return Promise.all(sending)
}

function blames({ status }: Outcome): boolean {
  return typeof status === 'number' ? status >= 500 : status === 'hang'
}

function answered(
  program: Answered['program'],
  { status, ms, text, wasAskedBack }: Outcome & { wasAskedBack: boolean },
  sent: string | false,
): Answered {
  const failure = sent && `${program}: ${status} after ${ms} ms to ${sent} → ${text.slice(0, 300)}`
  return { program, status, ms, wasAskedBack, failure: failure || null }
}

function describe({ method, path, headers, body }: DrawnRequest): string {
  const type = headers['content-type'] ?? ''
  return `${method} ${path.slice(0, 300)} ${type} ${(body ?? '').slice(0, 400)}`
}
