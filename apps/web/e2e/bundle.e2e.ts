import { readdir, readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { STUDIO, viteBuild } from './fixtures/vite-build.ts'

/** Strings that minifiers keep and that occur only in server code: errors of zod and of our procedures. */
const SERVER_MARKS = ['ZodError', 'invalid_type', 'Sign in or continue as a guest to do this']

let studio: string
beforeAll(async () => {
  studio = await scriptsIn(`${STUDIO}dist/assets`)
})

async function scriptsIn(directory: string): Promise<string> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.js'))
  const files = await Promise.all(names.map((name) => readFile(`${directory}/${name}`, 'utf8')))
  return files.join('\n')
}

function marksIn(code: string): string[] {
  return SERVER_MARKS.filter((mark) => code.includes(mark))
}

describe('what a browser loads', () => {
  it('is the Studio', () => {
    expect(studio.includes('Continue as guest')).toBe(true)
  })

  it('holds no server code', () => {
    expect(marksIn(studio)).toEqual([])
  })

  it('would be caught holding some: a page that imports the router shows every mark', async () => {
    await viteBuild('--config', 'e2e/fixtures/router-page.config.ts')
    const page = await scriptsIn(`${STUDIO}test-results/router-page/assets`)
    expect(marksIn(page)).toEqual(SERVER_MARKS)
  })

  it('names a picture of 1200 × 630 pixels for links to it, which weighs less than a photograph', async () => {
    const page = await readFile(`${STUDIO}dist/index.html`, 'utf8')
    const [, address = ''] = /property="og:image"\s+content="([^"]+)"/.exec(page) ?? []
    const picture = await readFile(`${STUDIO}dist${address}`)
    // A PNG's first chunk has its dimensions.
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([1200, 630])
    expect(picture.byteLength).toBeLessThan(100 * 1024)
  })

  it('holds no gallery and no inline script', async () => {
    const page = await readFile(`${STUDIO}dist/index.html`, 'utf8')
    expect(studio.includes('The gallery has no answer.')).toBe(false)
    expect(page.match(/<script(?![^>]*\ssrc=)/g)).toBeNull()
    expect(page).not.toMatch(/\son\w+=|javascript:/)
  })
})
