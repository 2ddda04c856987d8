import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium, type Machine } from './find-chromium.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'tollgate-browsers-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

/** A machine for which Playwright has no download and npm has no browser. */
const EMPTY: Machine = {
  chromiumPath: undefined,
  searchPath: '/nonexistent',
  platform: 'linux',
  arch: 'arm64',
  playwrightPath: '/nonexistent/chrome',
}

async function program(name: string, script: string): Promise<string> {
  const file = path.join(directory, name)
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, `#!/bin/sh\n${script}\n`)
  await chmod(file, 0o755)
  return file
}

describe('findChromium', () => {
  it('uses the browser that CHROMIUM_PATH names before an installed one', async () => {
    const named = await program('named/browser', 'echo Chromium 1.0')
    const installed = await program('before/chromium', 'echo Chromium 2.0')
    const searchPath = path.dirname(installed)
    expect(await findChromium({ ...EMPTY, chromiumPath: named, searchPath })).toEqual({
      source: 'CHROMIUM_PATH',
      executablePath: named,
      version: 'Chromium 1.0',
      environment: {},
    })
  })

  it('uses no other browser when the one that CHROMIUM_PATH names does not start, and prints why', async () => {
    const named = await program('broken/browser', 'echo libnss3.so is missing >&2; exit 127')
    const installed = await program('other/chromium', 'echo Chromium 2.0')
    const searchPath = path.dirname(installed)
    await expect(findChromium({ ...EMPTY, chromiumPath: named, searchPath })).rejects.toThrow(
      /does not start: [^]*libnss3\.so is missing[^]*unset it/,
    )
  })

  it('passes over an installed browser that does not start', async () => {
    // As on Debian's derivatives: a script that asks to install another kind of package.
    const stub = await program('stub/chromium-browser', 'echo install the snap >&2; exit 1')
    const installed = await program('real/google-chrome', 'echo Google Chrome 3.0')
    const searchPath = [stub, installed].map((file) => path.dirname(file)).join(path.delimiter)
    expect(await findChromium({ ...EMPTY, searchPath })).toMatchObject({
      source: 'installed',
      executablePath: installed,
      version: 'Google Chrome 3.0',
    })
  })

  it('uses an installed browser before the one from npm', async () => {
    const installed = await program('installed/chromium', 'echo Chromium 2.0')
    const machine = { ...EMPTY, arch: 'x64', searchPath: path.dirname(installed) }
    expect(await findChromium(machine)).toMatchObject({ source: 'installed' })
  })

  it.runIf(process.platform === 'linux' && process.arch === 'x64')(
    'uses the one from npm where none is installed, before one that Playwright has downloaded',
    async () => {
      const playwrightPath = await program('playwright/chrome', 'echo Chromium 4.0')
      const found = await findChromium({ ...EMPTY, arch: 'x64', playwrightPath })
      expect(found).toMatchObject({ source: 'npm' })
      expect(found.version).toMatch(/^Chromium \d+\./)
    },
    60_000,
  )

  it('uses the one that Playwright has downloaded where npm has none', async () => {
    const playwrightPath = await program('downloaded/chrome', 'echo Chromium 4.0')
    expect(await findChromium({ ...EMPTY, playwrightPath })).toMatchObject({
      source: 'Playwright',
      executablePath: playwrightPath,
    })
  })

  it('names the command that downloads a browser where there is none', async () => {
    await expect(findChromium(EMPTY)).rejects.toThrow(
      /exec playwright-core install --with-deps chromium/,
    )
  })
})
