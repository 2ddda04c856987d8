import { appendFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeScratchClone, type ScratchClone } from './scratch-clone.ts'
import { startFromTerminal } from './start-from-terminal.ts'

/** What the three steps before the server print when they have something to do. */
const INSTALLED = /using pnpm/
const BUILT = /vite v[\d.]+ building/

describe('npm start', () => {
  let clone: ScratchClone
  beforeAll(async () => {
    clone = await makeScratchClone()
  })
  afterAll(() => clone?.remove())

  async function start(): Promise<string> {
    const running = await startFromTerminal(clone.directory, 'start')
    await running.stop()
    return running.output()
  }

  it('installs and builds at its first start, skips both at the second, and builds again after a change', async () => {
    const first = await start()
    expect(first).toMatch(INSTALLED)
    expect(first).toMatch(BUILT)

    const second = await start()
    expect(second).not.toMatch(INSTALLED)
    expect(second).not.toMatch(BUILT)

    await appendFile(path.join(clone.directory, 'apps/web/src/main.tsx'), '// changed\n')
    const third = await start()
    expect(third).not.toMatch(INSTALLED)
    expect(third).toMatch(BUILT)
  })
})
