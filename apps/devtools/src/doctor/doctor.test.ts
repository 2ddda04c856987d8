import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase } from '@tollgate/testing/database'
import { freePort } from '@tollgate/testing/free-port'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordBackup } from '@tollgate/server'
import { METERING_MIGRATIONS } from '@tollgate/metering/postgres'
import { checkBackend } from './check-backend.ts'
import { checkBackup } from './check-backup.ts'
import { checkDataDirectory } from './check-data-directory.ts'
import { checkDatabase } from './check-database.ts'
import { checkInstall } from './check-install.ts'
import { checkNode } from './check-node.ts'
import { checkPort } from './check-port.ts'
import { checkWebhooks } from './check-webhooks.ts'
import { describeFindings } from './describe-findings.ts'

const nowhere = join(tmpdir(), 'tollgate-doctor-nowhere')

describe('the doctor', () => {
  it.each([
    ['20.19.0', 'ok'],
    ['24.1.0', 'ok'],
    ['20.18.3', 'problem'],
    ['18.20.0', 'problem'],
  ])('calls Node %s %s', (version, state) => {
    expect(checkNode(version).state).toBe(state)
  })

  it('misses packages that are not installed', () => {
    expect(checkInstall(nowhere)).toMatchObject({
      state: 'problem',
      detail: 'nothing is installed',
    })
  })

  it('refuses secrets that others can read, and says how to fix that', () => {
    const directory = mkdtempSync(join(tmpdir(), 'doctor-'))
    writeFileSync(join(directory, 'secrets.json'), '{}')
    chmodSync(join(directory, 'secrets.json'), 0o644)
    expect(checkDataDirectory(directory)).toMatchObject({
      state: 'problem',
      fix: expect.stringContaining('chmod 600'),
    })
    chmodSync(join(directory, 'secrets.json'), 0o600)
    expect(checkDataDirectory(directory).state).toBe('ok')
  })

  it('is content with a data directory that is not there yet', () => {
    expect(checkDataDirectory(nowhere).state).toBe('ok')
  })

  it.each([
    ['warning', 'another backend whose webhooks cannot be verified', { webhookSecret: undefined }],
    ['ok', 'another backend that signs its webhooks', { webhookSecret: 'whsec_AAAA' }],
    ['ok', 'the self-hosted one', undefined],
  ])('has a %s for %s', (state, _, flowglad) => {
    expect(checkWebhooks(flowglad).state).toBe(state)
  })

  it('warns when no backup is known, or the last one is older than a day', async () => {
    const dataDirectory = mkdtempSync(join(tmpdir(), 'doctor-'))
    const check = (now = Date.now()) => checkBackup({ databaseUrl: undefined, dataDirectory, now })
    expect(await check()).toMatchObject({ state: 'ok', detail: 'nothing to back up yet' })
    mkdirSync(join(dataDirectory, 'postgres'))
    expect(await check()).toMatchObject({ state: 'warning', detail: 'none is known' })
    recordBackup(dataDirectory, new Date())
    expect(await check()).toMatchObject({ state: 'ok' })
    expect(await check(Date.now() + 49 * 3_600_000)).toMatchObject({
      state: 'warning',
      detail: 'the last one is 2 days old',
      docs: 'operate/running#backups',
    })
    writeFileSync(join(dataDirectory, 'last-backup.json'), 'not a record')
    expect(await check()).toMatchObject({ state: 'warning', detail: 'none is known' })
  })

  it('shows what to do below each problem, and counts them', () => {
    const text = describeFindings([
      { about: 'Node', state: 'ok', detail: '24' },
      { about: 'Port 3000', state: 'problem', detail: 'taken', fix: 'choose another', docs: 'a#b' },
    ])
    expect(text).toContain('PROBLEM  Port 3000: taken\n           → choose another Guide: a#b')
    expect(text).toContain('1 to fix')
  })
})

describe('the doctor at a database', () => {
  it('finds one that would forget charges', async () => {
    const { database, url, drop } = await createTestDatabase(METERING)
    expect(states(await checkDatabase({ databaseUrl: url, dataDirectory: nowhere }))).toEqual({
      'Database durability': 'ok',
      'Database connections': 'ok',
      'Database clock': 'ok',
      'Database rights': 'warning',
    })
    const name = new URL(url).pathname.slice(1)
    await database.query({ text: `alter database "${name}" set synchronous_commit = off` })
    const findings = await checkDatabase({ databaseUrl: url, dataDirectory: nowhere })
    await drop()
    expect(findings).toContainEqual(
      expect.objectContaining({
        state: 'problem',
        detail: expect.stringContaining('synchronous_commit'),
        docs: 'errors#not-durable',
      }),
    )
  })

  it('names DATABASE_URL when no server answers there', async () => {
    const databaseUrl = 'postgres://unknown@127.0.0.1:9/none'
    expect(await checkDatabase({ databaseUrl, dataDirectory: nowhere })).toEqual([
      expect.objectContaining({ state: 'problem', fix: expect.stringContaining('DATABASE_URL') }),
    ])
  })
})

describe('the doctor at the network', () => {
  const stranger = createServer((_request, response) => {
    response.writeHead(401, { 'content-type': 'application/json' })
    response.end('{"error":"Unauthorized","code":"UNAUTHORIZED"}')
  })
  let port = 0
  beforeAll(async () => {
    stranger.listen(0, '127.0.0.1')
    await once(stranger, 'listening')
    const address = stranger.address()
    port = address !== null && typeof address === 'object' ? address.port : 0
  })
  afterAll(() => void stranger.close())

  it('sees a port that another program has', async () => {
    const silent = createServer()
    // Not an ephemeral port, which the system could assign to another program.
    const taken = await freePort()
    silent.listen(taken, '127.0.0.1')
    await once(silent, 'listening')
    const check = { variable: 'PORT', host: '127.0.0.1', port: taken, ownPage: '/healthz' }
    expect(await checkPort(check)).toMatchObject({
      state: 'problem',
      fix: expect.stringContaining(`PORT=${taken + 1} npm start`),
    })
    silent.closeAllConnections()
    silent.close()
    await once(silent, 'close')
    expect(await checkPort(check)).toMatchObject({ state: 'ok', detail: 'free' })
  })

  it('says that the backend does not take our key', async () => {
    const flowglad = { apiKey: 'wrong', baseUrl: `http://127.0.0.1:${port}` }
    const backend = { flowglad, dataDirectory: nowhere, billingPort: 0, serverIsRunning: false }
    expect(await checkBackend(backend)).toEqual([
      expect.objectContaining({
        state: 'problem',
        fix: expect.stringContaining('FLOWGLAD_SECRET_KEY'),
        docs: 'errors#unauthorized',
      }),
    ])
  })
})

const METERING = { template: 'metering', migrations: METERING_MIGRATIONS }

function states(findings: Awaited<ReturnType<typeof checkDatabase>>) {
  return Object.fromEntries(findings.map(({ about, state }) => [about, state]))
}
