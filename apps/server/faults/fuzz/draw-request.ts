import { seededRandom, type SeededRandom } from '@tollgate/testing/faults'
import { drawValue, pick, TEXTS } from './draw-value.ts'
import type { FuzzedRoute } from './fuzzed-route.ts'

/** One request of the fuzzer. */
export type DrawnRequest = {
  route: FuzzedRoute
  method: string
  path: string
  headers: Record<string, string>
  body: string | undefined
}

/** Valid credentials and existing identifiers. */
export type Credentials = Record<FuzzedRoute['program'], readonly Record<string, string>[]>

/**
 * Draws the request with this number: routes in turn, mostly well-formed HTTP with values that no honest caller sends. Each request has its
 * own generator, so that it can be repeated without its predecessors.
 */
export function drawRequest(options: {
  seed: number
  number: number
  routes: readonly FuzzedRoute[]
  credentials: Credentials
  ids: readonly string[]
}): DrawnRequest {
  const { number, routes, credentials, ids } = options
  const random = seededRandom(options.seed * NUMBERS_PER_SEED + number)
  const route = routes[number % routes.length]
  if (!route) throw new RangeError('There is no route to send to.')
  const usual = route.method === 'ALL' ? pick(random, METHODS) : route.method
  const method = random.chance(0.88) ? usual : pick(random, METHODS)
  const proof = random.chance(0.85) ? pick(random, credentials[route.program]) : {}
  const headers = { ...drawHeaders(random, route), ...proof }
  const path = drawPath(random, route.path, ids) + drawQuery(random, route, ids)
  if (method === 'GET' || method === 'HEAD')
    return { route, method, path, headers, body: undefined }
  headers['content-type'] = random.chance(0.85) ? usualType(route) : pick(random, TYPES)
  return { route, method, path, headers, body: drawBody(random, { route, headers, ids }) }
}

/** Adjacent seeds must not draw the same requests. */
const NUMBERS_PER_SEED = 1_000_003
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']
const FORM = 'application/x-www-form-urlencoded'
const TYPES = [
  'application/json',
  'text/plain',
  FORM,
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'application/octet-stream',
  'nonsense',
]

/** The billing backend's pages take forms, everything else JSON. */
function usualType({ program, path }: FuzzedRoute): string {
  return program === 'billing' && !path.startsWith('/api/') ? FORM : 'application/json'
}

function drawHeaders(random: SeededRandom, { program }: FuzzedRoute): Record<string, string> {
  const address = `10.${random.below(256)}.${random.below(256)}.${random.below(256)}`
  // The console of the billing backend only answers callers without a proxy.
  const headers: Record<string, string> = program === 'server' ? { 'x-forwarded-for': address } : {}
  if (random.chance(0.7)) headers['idempotency-key'] = drawKey(random)
  if (random.chance(0.2)) headers['trpc-accept'] = pick(random, ['application/jsonl', 'text/plain'])
  if (random.chance(0.1)) headers['last-event-id'] = 'x'
  if (random.chance(0.05)) headers['cookie'] = pick(random, ['a', 'a=b; a=c', '%', '=;=;'])
  if (random.chance(0.05)) headers['x-request-id'] = 'x'.repeat(random.below(500))
  return headers
}

function drawKey(random: SeededRandom): string {
  const usual = random.key()
  return random.chance(0.8) ? usual : pick(random, ['short', 'x'.repeat(300), "' or 1=1 --", ''])
}

function drawPath(random: SeededRandom, path: string, ids: readonly string[]): string {
  const part = () => {
    if (random.chance(0.6)) return encodeURIComponent(pick(random, ids))
    return random.chance(0.9) ? encoded(pick(random, TEXTS)) : pick(random, ['%', '%ff', '%00', ''])
  }
  return path.replaceAll(/:\w+(?:\{[^}]*\})?\??|\*/gu, part)
}

function drawQuery(random: SeededRandom, route: FuzzedRoute, ids: readonly string[]): string {
  if (route.inputInQuery && random.chance(0.85)) {
    const input = JSON.stringify(drawValue(random, route.schema, ids)) ?? ''
    const batch = random.chance(0.1) ? '&batch=1' : ''
    return `?input=${encoded(input).slice(0, QUERY_CHARACTERS_MAX)}${batch}`
  }
  if (random.chance(0.6)) return ''
  const pairs = Array.from({ length: 1 + random.below(3) }, () => {
    const value = random.chance(0.7)
      ? pick(random, TEXTS)
      : JSON.stringify(drawValue(random, undefined, ids))
    return `${pick(random, QUERY_NAMES)}=${encoded(value).slice(0, QUERY_CHARACTERS_MAX)}`
  })
  return `?${pairs.join('&')}`
}

/** Together with the headers it stays below Node's limit of 16 KB. */
const QUERY_CHARACTERS_MAX = 2000
const QUERY_NAMES =
  'input batch cursor limit pageSize days text check meter customer since until'.split(' ')

function drawBody(
  random: SeededRandom,
  drawn: { route: FuzzedRoute; headers: Record<string, string>; ids: readonly string[] },
): string {
  if (random.chance(0.08)) return pick(random, BROKEN)
  const value = drawValue(random, drawn.route.schema, drawn.ids)
  const isForm =
    drawn.headers['content-type'] === FORM && typeof value === 'object' && value !== null
  return isForm ? formOf(value) : (JSON.stringify(value) ?? '')
}

const BROKEN = [
  '',
  '{',
  '{"a":',
  'null',
  '[]',
  '"',
  '--x\r\nbroken',
  '['.repeat(6000),
  'a=%00&b',
  '\uFEFF{}',
]

function formOf(value: object): string {
  return Object.entries(value)
    .map(([name, field]) => `${encoded(name)}=${encoded(String(JSON.stringify(field)))}`)
    .join('&')
}

function encoded(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, ''))
}
