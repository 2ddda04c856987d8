import { generateKeyPairSync, sign } from 'node:crypto'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { verifyReceiptFile } from './verify-receipt-file.ts'

const issuer = 'https://studio.example'
const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const keys = JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'first' }] })

/** As any JOSE library creates it. */
function receiptWith(amount: number): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const head = encode({ alg: 'EdDSA', kid: 'first', typ: 'tollgate-receipt+jws' })
  const body = encode({
    issuer,
    customerId: 'cus_1',
    operationId: 'op_1',
    procedure: 'images.generate',
    charges: [{ meter: 'image_generations', amount }],
    chargedBy: null,
    at: '2026-11-29T10:00:00.000Z',
  })
  const signature = sign(null, Buffer.from(`${head}.${body}`), privateKey).toString('base64url')
  return `${head}.${body}.${signature}`
}

it('prints what a receipt states, from a file that ends with a line break', async () => {
  const report = await verifyReceiptFile({ signed: `${receiptWith(2)}\n`, issuer, keys })
  expect(report.valid).toBe(true)
  expect(JSON.parse(report.text)).toMatchObject({ customerId: 'cus_1', charges: [{ amount: 2 }] })
})

it('says that a receipt was changed', async () => {
  const [head, , signature] = receiptWith(2).split('.')
  const [, body] = receiptWith(1).split('.')
  const report = await verifyReceiptFile({
    signed: [head, body, signature].join('.'),
    issuer,
    keys,
  })
  expect(report).toEqual({
    valid: false,
    text: 'Not believed: it was changed, or signed by another key.',
  })
})

it('asks the server for its keys when none are given', async () => {
  const server = createServer((_, response) => response.end(keys)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const report = await verifyReceiptFile({
    signed: receiptWith(2),
    issuer: `http://127.0.0.1:${port}`,
    keys: null,
  })
  server.close()
  // The keys were found, but the receipt names another server.
  expect(report.text).toContain('the receipt of another server')
})
