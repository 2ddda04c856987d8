import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchChromium } from '@tollgate/testing/browser'
import { serveFolder } from '@tollgate/testing/serve-folder'
import { startTollgate } from '@tollgate/testing/tollgate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findLeaks } from '../pack/find-leaks.ts'
import { makeProject } from './make-project.ts'
import { packClient } from './pack-client.ts'

let directory: string
let project: Awaited<ReturnType<typeof makeProject>>
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tollgate-expo-'))
  const { tarball } = await packClient(join(directory, 'pack'))
  project = await makeProject({
    directory: join(directory, 'project'),
    sources: 'expo',
    tarball,
    dependencies: {
      '@tanstack/react-query': '5.108.0',
      '@trpc/react-query': '11.19.0',
      '@trpc/server': '11.19.0',
      '@types/react': '19.2.14',
      expo: '57.0.26',
      react: '19.2.3',
      'react-dom': '19.2.3',
      'react-native': '0.86.3',
      'react-native-web': '0.21.2',
      typescript: '7.0.2',
    },
    // expo-constants asks for a release that was never published to every registry.
    overrides: { '@expo/env': '2.4.3' },
  })
})
afterAll(() => rm(directory, { recursive: true, force: true }))

describe('an empty Expo project with the tarball', () => {
  it('type-checks', async () => {
    expect(await project.run('tsc', '--project', '.')).toBe('')
  })

  it('bundles for a phone', async () => {
    const output = join(directory, 'android')
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
    const output = join(directory, 'web')
    await project.run('expo', 'export', '--platform', 'web', '--output-dir', output)
    const tollgate = await startTollgate({ dataDirectory: join(directory, 'data') })
    const host = await serveFolder({ directory: output, serverUrl: tollgate.url })
    const browser = await launchChromium()
    try {
      const page = await browser.newPage()
      await page.goto(host.url)
      const told = page.getByText('1 charged, same result')
      await told.waitFor({ timeout: 60_000 })
      expect(await told.count()).toBe(1)
    } finally {
      await browser.close()
      await host.close()
      await tollgate.stop()
    }
  })
})
