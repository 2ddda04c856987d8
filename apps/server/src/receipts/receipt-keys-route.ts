import { RECEIPT_KEYS_PATH } from '@tollgate/contract'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import type { ReceiptPublicKey } from './receipt-keys.ts'

/** Publishes the public keys of receipts with CORS for any origin. */
export function receiptKeysRoute(keys: readonly ReceiptPublicKey[]): Hono {
  const app = new Hono()
  app.get(RECEIPT_KEYS_PATH, cors(), (c) =>
    c.json({ keys: keys.map((key) => ({ ...key, alg: 'EdDSA', use: 'sig' })) }, 200, {
      'Cache-Control': 'public, max-age=3600',
    }),
  )
  return app
}
