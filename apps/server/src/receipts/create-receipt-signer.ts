import { sign } from 'node:crypto'
import { RECEIPT_TOKEN_TYPE, type ReceiptStatement, type SignReceipt } from '@tollgate/contract'
import type { ReceiptKeys } from './receipt-keys.ts'

/** Creates the signer of one server's receipts. */
export function createReceiptSigner(options: {
  issuer: string
  keys: Pick<ReceiptKeys, 'signing'>
}): SignReceipt {
  const { kid, privateKey } = options.keys.signing
  const header = encode({ alg: 'EdDSA', kid, typ: RECEIPT_TOKEN_TYPE })
  return (statement) => {
    const payload: ReceiptStatement = { issuer: options.issuer, ...statement }
    const signed = `${header}.${encode(payload)}`
    return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`
  }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
