import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApiKey, type KeyedProgram } from '../../fixtures/api-key-of.ts'
import { guestWith } from '../../fixtures/guest.ts'
import { openLimitTable } from '../../fixtures/limit-table.ts'
import { enter, newCredentials } from '../../fixtures/sign-in-account.ts'
import { startRun } from '../../fixtures/start-run.ts'
import { startTestServer } from '../../fixtures/start-test-server.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
let tables: ReturnType<typeof openLimitTable>
let key: KeyedProgram
beforeAll(async () => {
  server = await startTestServer()
  tables = openLimitTable(server.config.databaseUrl ?? '')
  key = await createApiKey(server.url, await enter(server.url, 'sign-up/email', newCredentials()))
})
afterAll(async () => {
  await tables?.close()
  await server?.close()
})

const budget = { limits: { api_calls: 2 } }
const QR_CODE = { text: 'of a run' }

describe('a run token', () => {
  it('that was made up or altered is refused', async () => {
    const { token } = await startRun(server.url, key, budget)
    const last = token.endsWith('A') ? 'B' : 'A'
    for (const forged of [
      'tollgate_run_',
      `tollgate_run_${'A'.repeat(43)}`,
      `${token.slice(0, -1)}${last}`,
      `${token}A`,
      token.replace('tollgate_run_', 'tollgate_sk_'),
      token.toUpperCase(),
    ]) {
      const refused = await guestWith(server.url, forged).call('tools.qrCode', QR_CODE)
      expect(refused.status, forged).toBe(401)
    }
  })

  it('that has expired is refused', async () => {
    const run = await startRun(server.url, key, budget)
    await tables.database.query({
      text: 'update auth_run set expires_at = now() where id = $1',
      values: [run.id],
    })
    const refused = await run.call('tools.qrCode', QR_CODE)
    expect([refused.status, refused.text]).toEqual([
      401,
      expect.stringContaining('This run has expired'),
    ])
  })

  it('of one customer learns nothing of another’s runs and operations, and ends none', async () => {
    const run = await startRun(server.url, key, budget)
    const paid = await run.call('tools.qrCode', QR_CODE)
    const other = await enter(server.url, 'sign-up/email', newCredentials())
    const thief = await startRun(server.url, await createApiKey(server.url, other), budget)
    const operationId = paid.headers.get('x-operation-id') ?? ''
    const inputOf = (input: object) => encodeURIComponent(JSON.stringify(input))
    const receipt = await thief.read(`billing.receipt?input=${inputOf({ operationId })}`)
    expect(receipt.text).toContain('"data":null')
    expect((await thief.read(`runs.left?input=${inputOf({ id: run.id })}`)).status).toBe(404)
    expect((await thief.call('runs.end', { id: run.id })).text).toContain('"ended":false')
    expect((await run.call('tools.qrCode', QR_CODE)).status).toBe(200)
  })
})
