import { createHmac, timingSafeEqual } from 'node:crypto'

/** How old a webhook may be; an older one may be a recording. */
const AGE_SECONDS_MAX = 300
/** How far ahead of us the sender's clock may be. */
const AHEAD_SECONDS_MAX = 60

/** Whether a webhook carries a signature that was made with the secret, over this very body, a moment ago. */
export function isSigned(webhook: {
  body: string
  headers: Headers
  secret: string
  /** Epoch milliseconds. */
  now: number
}): boolean {
  const { body, headers, secret, now } = webhook
  const id = headers.get('svix-id')
  const timestamp = headers.get('svix-timestamp')
  if (!id || !timestamp) return false
  const age = Math.floor(now / 1000) - Number.parseInt(timestamp, 10)
  if (!(age <= AGE_SECONDS_MAX && age >= -AHEAD_SECONDS_MAX)) return false
  const signed = `${id}.${timestamp}.${body}`
  const expected = createHmac('sha256', keyOf(secret)).update(signed).digest()
  return signaturesIn(headers).some(
    (signature) => signature.length === expected.length && timingSafeEqual(signature, expected),
  )
}

function keyOf(secret: string): Buffer {
  const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64')
  if (secret.startsWith(SECRET_PREFIX) && key.length > 0) return key
  throw new TypeError(`A webhook secret is ${SECRET_PREFIX} and base64; copy it whole.`)
}

const SECRET_PREFIX = 'whsec_'

/** There are several while a secret is changed. */
function signaturesIn(headers: Headers): Buffer[] {
  const versions = (headers.get('svix-signature') ?? '').trim().split(/\s+/)
  return versions
    .filter((version) => version.startsWith('v1,'))
    .map((version) => Buffer.from(version.slice('v1,'.length), 'base64'))
}
