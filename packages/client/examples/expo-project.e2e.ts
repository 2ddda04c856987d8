import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { launchChromium } from '@tollgate/testing/browser'
import { serveFolder } from '@tollgate/testing/serve-folder'
import { startTogether } from '@tollgate/testing/start-together'
import { startTollgate } from '@tollgate/testing/tollgate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findLeaks } from './find-leaks.ts'
import { makeProject, type OutsideProject } from './make-project.ts'

let project: OutsideProject
beforeAll(async () => {
  project = await makeProject({
    sources: 'expo',
    dependencies: { expo: '57.0.26', 'react-native': '0.86.3', 'react-native-web': '0.21.2' },
    // expo-constants requires a release that not every registry has.
    overrides: { '@expo/env': '2.4.3' },
  })
})
afterAll(() => project?.remove())

describe('an empty Expo project with the tarball', () => {
  it('type-checks', async () => {
    expect(await project.run('tsc', '--project', '.')).toBe('')
  })

  it('bundles for a phone', async () => {
    const output = project.beside('android')
    await project.run('expo', 'export', '--platform', 'android', '--output-dir', output)
    const bundle = (await readdir(output, { recursive: true })).find((file) =>
      file.endsWith('.hbc'),
    )
    const bytecode = await readFile(join(output, bundle ?? ''), 'latin1')
    expect(bytecode).toContain('Idempotency-Key')
    expect(findLeaks(new Map([['bundle.hbc', bytecode]])).map(({ what }) => what)).not.toContain(
      'a validation library',
    )
  })

  it('runs one billed call in a browser against the real server, once', async () => {
    const output = project.beside('web')
    await project.run('expo', 'export', '--platform', 'web', '--output-dir', output)
    const { page, stop } = await openApp(output)
    try {
      const result = page.getByText('1 charged, same result')
      await result.waitFor({ timeout: 60_000 })
      expect(await result.count()).toBe(1)
    } finally {
      await stop()
    }
  })
})

/** The exported app in a browser, served by a real server. */
function openApp(directory: string) {
  return startTogether(async (defer) => {
    const tollgate = await startTollgate({ dataDirectory: project.beside('data') })
    defer(tollgate.stop)
    const host = await serveFolder({ directory, serverUrl: tollgate.url })
    defer(host.close)
    const browser = await launchChromium()
    defer(() => browser.close())
    const page = await browser.newPage()
    await page.goto(host.url)
    return { page }
  })
}
