import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { serveStudio } from './serve-studio.ts'

const SCRIPT = 'export const answer = 42\n'.repeat(200)
const PAGE = '<!doctype html><title>Studio</title>'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'studio-'))
  await mkdir(path.join(directory, 'assets'))
  for (const [name, text] of [
    ['assets/app-1a2b.js', SCRIPT],
    ['index.html', PAGE],
  ] as const) {
    await writeFile(path.join(directory, name), text)
    await writeFile(path.join(directory, `${name}.br`), brotliCompressSync(text))
    await writeFile(path.join(directory, `${name}.gz`), gzipSync(text))
  }
})
afterAll(() => rm(directory, { recursive: true }))

function get(address: string, headers: Record<string, string> = {}) {
  return serveStudio(directory).request(address, { headers })
}

it.each([
  ['gzip, deflate, br, zstd', 'br', brotliCompressSync(SCRIPT).byteLength],
  ['gzip', 'gzip', gzipSync(SCRIPT).byteLength],
])('sends a script to a browser that accepts "%s" as %s', async (accepted, encoding, bytes) => {
  const answer = await get('/assets/app-1a2b.js', { 'Accept-Encoding': accepted })
  expect(answer.headers.get('Content-Encoding')).toBe(encoding)
  expect(answer.headers.get('Vary')).toBe('Accept-Encoding')
  expect((await answer.arrayBuffer()).byteLength).toBe(bytes)
})

it('sends a script as it is to a client that names no encoding', async () => {
  const answer = await get('/assets/app-1a2b.js')
  expect(answer.headers.get('Content-Encoding')).toBeNull()
  expect(await answer.text()).toBe(SCRIPT)
})

it('lets browsers keep hashed files for a year, and answers 404 for one that is gone', async () => {
  const answer = await get('/assets/app-1a2b.js')
  expect(answer.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable')
  const gone = await get('/assets/app-old.js')
  expect(gone.status).toBe(404)
  expect(gone.headers.get('Cache-Control')).toBeNull()
})

it.each(['/', '/usage', '/plans/anything'])(
  'answers %s with the page, and a second time with 304',
  async (address) => {
    const first = await get(address, { 'Accept-Encoding': 'br' })
    expect(first.status).toBe(200)
    expect(first.headers.get('Content-Type')).toMatch(/^text\/html/)
    expect(first.headers.get('Content-Encoding')).toBe('br')
    expect(first.headers.get('Cache-Control')).toBe('no-cache')
    const etag = first.headers.get('ETag') ?? ''
    const second = await get(address, { 'Accept-Encoding': 'br', 'If-None-Match': etag })
    expect(second.status).toBe(304)
  },
)

it('says how to build the Studio when it is not built', async () => {
  const answer = await serveStudio(path.join(directory, 'assets')).request('/')
  expect(answer.status).toBe(404)
  expect(await answer.text()).toContain('--filter @tollgate/web build')
})
