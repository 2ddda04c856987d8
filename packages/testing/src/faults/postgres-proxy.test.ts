import { randomBytes } from 'node:crypto'
import { type Database, ensureDatabase, openDatabase } from '@tollgate/database'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { testPostgresUrl } from '../config.ts'
import { type Cut, createPostgresProxy, type PostgresProxy } from './postgres-proxy.ts'

describe('createPostgresProxy', () => {
  const name = `test_proxy_${randomBytes(6).toString('hex')}`
  let direct: Database
  let proxy: PostgresProxy
  let proxied: Database

  beforeAll(async () => {
    const server = testPostgresUrl()
    await ensureDatabase({ url: server, name })
    const url = new URL(server)
    url.pathname = `/${name}`
    direct = openDatabase({ url: url.href })
    proxy = await createPostgresProxy({ targetPort: Number(url.port) })
    proxied = openDatabase({ url: proxy.through(url.href), maxConnections: 2 })
  })
  beforeEach(() => direct.query({ text: 'create table charge (id integer primary key)' }))
  afterEach(async () => {
    proxy.decide(() => null)
    await direct.query({ text: 'drop table charge' })
  })
  afterAll(async () => {
    await proxied.close()
    await proxy.close()
    await direct.close()
    const admin = openDatabase({ url: testPostgresUrl(), maxConnections: 1 })
    await admin.query({ text: `drop database "${name}" with (force)` })
    await admin.close()
  })

  const charge = (id: number) =>
    proxied.query({ name: 'charge', text: 'insert into charge values ($1)', values: [id] })
  const charges = async () => {
    const rows = await direct.query<{ id: number }>({ text: 'select id from charge order by id' })
    return rows.map(({ id }) => id)
  }
  const cutOnce = (matching: string, cut: Cut) => {
    let isDone = false
    proxy.decide(({ text }) => {
      if (isDone || !text.includes(matching)) return null
      isDone = true
      return cut
    })
  }

  it('is not noticed while it cuts nothing', async () => {
    await charge(1)
    await charge(2)
    expect(await charges()).toEqual([1, 2])
  })

  it('recognises a prepared statement the second time, when only its name travels', async () => {
    const seen: string[] = []
    proxy.decide(({ text }) => (seen.push(text), null))
    await charge(1)
    await charge(2)
    expect(seen).toEqual(Array(2).fill('insert into charge values ($1)'))
  })

  it('cuts before a statement arrives: nothing is written', async () => {
    cutOnce('insert into charge', { at: 'before' })
    await expect(charge(1)).rejects.toThrow(/Connection terminated/)
    expect(await charges()).toEqual([])
  })

  it('withholds the acknowledgement of a statement that is committed', async () => {
    let seenByThen: Promise<number[]> = Promise.resolve([])
    const strike = () => void (seenByThen = charges())
    cutOnce('insert into charge', { at: 'acknowledgement', strike })
    await expect(charge(1)).rejects.toThrow(/Connection terminated/)
    expect(await seenByThen).toEqual([1])
  })

  it('withholds the acknowledgement of a commit', async () => {
    cutOnce('commit', { at: 'acknowledgement' })
    const work = proxied.transaction((transaction) =>
      transaction.query({ text: 'insert into charge values (1)' }),
    )
    await expect(work).rejects.toThrow(/Connection terminated/)
    expect(await charges()).toEqual([1])
  })

  it('loses a transaction whose commit never arrives', async () => {
    cutOnce('commit', { at: 'before' })
    const work = proxied.transaction((transaction) =>
      transaction.query({ text: 'insert into charge values (1)' }),
    )
    await expect(work).rejects.toThrow(/Connection terminated/)
    expect(await charges()).toEqual([])
  })

  it('works again after every connection was cut', async () => {
    await charge(1)
    proxy.cutAll()
    await expect
      .poll(() =>
        charge(2).then(
          () => 'works',
          () => 'cut',
        ),
      )
      .toBe('works')
    expect(await charges()).toEqual([1, 2])
  })
})
