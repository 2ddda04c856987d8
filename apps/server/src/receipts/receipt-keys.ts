import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { existsSync, readFileSync, renameSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { readOrCreate } from '../load-secrets.ts'

/** In the data directory. */
export const RECEIPT_KEYS_FILE = 'receipt-keys.json'

const publicKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  kid: z.string(),
})
const keys = z.array(publicKey.extend({ d: z.string() })).min(1)

/** A public key of receipts, as a JSON Web Key. */
export type ReceiptPublicKey = z.infer<typeof publicKey>

/** The key that signs receipts, and the public keys of all signing keys so far, the current one first. */
export type ReceiptKeys = {
  signing: { kid: string; privateKey: KeyObject }
  published: readonly ReceiptPublicKey[]
}

/** Reads the keys of receipts from the data directory, creating the first one on the first start. */
export function loadReceiptKeys(dataDirectory: string): ReceiptKeys {
  const text = readOrCreate(dataDirectory, RECEIPT_KEYS_FILE, JSON.stringify([newKey()], null, 2))
  const all = keys.parse(JSON.parse(text))
  const [signing] = all
  if (!signing) throw new Error(`${RECEIPT_KEYS_FILE} has no key.`)
  return {
    signing: {
      kid: signing.kid,
      privateKey: createPrivateKey({ key: signing, format: 'jwk' }),
    },
    published: all.map((key) => publicKey.parse(key)),
  }
}

/** Creates a new signing key; earlier keys stay published, so that their receipts can still be verified. */
export function rotateReceiptKeys(dataDirectory: string): ReceiptKeys {
  const file = path.join(dataDirectory, RECEIPT_KEYS_FILE)
  if (!existsSync(file)) return loadReceiptKeys(dataDirectory)
  const all = keys.parse(JSON.parse(readFileSync(file, 'utf8')))
  const next = newKey()
  const written = `${RECEIPT_KEYS_FILE}.${next.kid}`
  readOrCreate(dataDirectory, written, JSON.stringify([next, ...all], null, 2))
  renameSync(path.join(dataDirectory, written), file)
  return loadReceiptKeys(dataDirectory)
}

function newKey() {
  const { x, d } = z
    .object({ x: z.string(), d: z.string() })
    .parse(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }))
  return { kty: 'OKP', crv: 'Ed25519', x, kid: thumbprintOf(x), d }
}

/** The id of a key is its thumbprint (RFC 7638). */
function thumbprintOf(x: string): string {
  return createHash('sha256')
    .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
    .digest('base64url')
}
