import { RECEIPT_TOKEN_TYPE, type ReceiptStatement } from '@tollgate/contract'

/** A public key for a server's receipts, as listed in its `/.well-known/tollgate-receipts.json`. */
export type ReceiptKey = { kty: string; crv: string; x: string; kid: string }

/** Why a receipt was rejected. */
export type ReceiptProblem = 'malformed' | 'unknown_key' | 'wrong_signature' | 'wrong_issuer'

/** The result of `verifyReceipt`: the verified statement, or why the receipt was rejected. */
export type VerifiedReceipt =
  | { valid: true; statement: ReceiptStatement }
  | { valid: false; problem: ReceiptProblem }

/**
 * Verifies a signed receipt offline. Trust what it returns, and nothing else in the receipt.
 *
 * @example
 * const { keys } = await (await fetch(`${issuer}/.well-known/tollgate-receipts.json`)).json()
 * const verified = await verifyReceipt(signed, { keys, issuer })
 */
export async function verifyReceipt(
  signed: string,
  trusted: { keys: readonly ReceiptKey[]; issuer: string },
): Promise<VerifiedReceipt> {
  const [head = '', body = '', signature = '', ...more] = signed.trim().split('.')
  const header = readObject(head)
  const statement = readObject(body)
  const bytes = fromBase64Url(signature)
  if (more.length > 0 || !header || !bytes || !isStatement(statement)) return failed('malformed')
  if (header['alg'] !== 'EdDSA' || header['typ'] !== RECEIPT_TOKEN_TYPE) return failed('malformed')
  const key = trusted.keys.find(({ kid, crv }) => kid === header['kid'] && crv === 'Ed25519')
  if (!key) return failed('unknown_key')
  const { kty, crv, x } = key
  const imported = await crypto.subtle.importKey('jwk', { kty, crv, x }, 'Ed25519', false, [
    'verify',
  ])
  const isSigned = await crypto.subtle.verify(
    'Ed25519',
    imported,
    bytes,
    new TextEncoder().encode(`${head}.${body}`),
  )
  if (!isSigned) return failed('wrong_signature')
  return statement.issuer === trusted.issuer ? { valid: true, statement } : failed('wrong_issuer')
}

function failed(problem: ReceiptProblem): VerifiedReceipt {
  return { valid: false, problem }
}

function readObject(part: string): Record<string, unknown> | null {
  const bytes = fromBase64Url(part)
  if (!bytes) return null
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}

function fromBase64Url(part: string): Uint8Array<ArrayBuffer> | null {
  try {
    const text = atob(part.replaceAll('-', '+').replaceAll('_', '/'))
    return Uint8Array.from(text, (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}

function isStatement(value: unknown): value is ReceiptStatement {
  return (
    isRecord(value) &&
    TEXTS.every((name) => typeof value[name] === 'string') &&
    (value['chargedBy'] === null || typeof value['chargedBy'] === 'string') &&
    Array.isArray(value['charges']) &&
    value['charges'].every(
      (charge: unknown) =>
        isRecord(charge) &&
        typeof charge['meter'] === 'string' &&
        Number.isSafeInteger(charge['amount']),
    ) &&
    (value['subjects'] === undefined || isSubjects(value['subjects']))
  )
}

function isSubjects(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every(
      (subject: unknown) =>
        isRecord(subject) &&
        typeof subject['kind'] === 'string' &&
        typeof subject['id'] === 'string',
    )
  )
}

const TEXTS = ['issuer', 'customerId', 'operationId', 'procedure', 'at'] as const

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
