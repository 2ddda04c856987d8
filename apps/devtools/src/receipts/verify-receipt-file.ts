import { verifyReceipt } from '@tollgate/client'
import { RECEIPT_KEYS_PATH } from '@tollgate/contract'
import { z } from 'zod'

const keySet = z.object({
  keys: z.array(z.object({ kty: z.string(), crv: z.string(), x: z.string(), kid: z.string() })),
})

/** Returns what a signed receipt states, or why it is invalid; fetches its server's keys unless they are given. */
export async function verifyReceiptFile(options: {
  signed: string
  issuer: string
  keys: string | null
}): Promise<{ valid: boolean; text: string }> {
  const { signed, issuer } = options
  const keys = options.keys ?? (await (await fetch(new URL(RECEIPT_KEYS_PATH, issuer))).text())
  const verified = await verifyReceipt(signed, { ...keySet.parse(JSON.parse(keys)), issuer })
  if (!verified.valid) return { valid: false, text: `Not believed: ${PROBLEMS[verified.problem]}.` }
  return { valid: true, text: JSON.stringify(verified.statement, null, 2) }
}

const PROBLEMS = {
  malformed: 'this is no signed receipt',
  unknown_key: 'it names a key that the server does not publish',
  wrong_signature: 'it was changed, or signed by another key',
  wrong_issuer: 'it is the receipt of another server; name that with --issuer',
} as const
