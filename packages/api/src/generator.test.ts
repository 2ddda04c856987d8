import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { checksOf, billedProcedures, openStage } from '@tollgate/testing/conformance'
import { makeScratchWorkspace, type ScratchWorkspace } from '@tollgate/testing/scratch'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)
/** Compilers and linters take their time where other tests run beside them. */
const BUSY_MS_MAX = 180_000
const WRITTEN = [
  'packages/api/src/text/translate-poem.ts',
  'packages/api/src/text/translate-poem.test.ts',
]
const CHANGED = ['packages/api/src/router.ts', 'packages/client/src/mutation-kinds.ts']

describe('pnpm gen billed-procedure', { timeout: BUSY_MS_MAX }, () => {
  let workspace: ScratchWorkspace
  const at = (...names: string[]) => path.join(workspace.directory, ...names)
  const gen = (...args: string[]) =>
    run(
      process.execPath,
      [
        at('packages/api/node_modules/@turbo/gen/dist/cli.js'),
        'run',
        'billed-procedure',
        '--root',
        workspace.directory,
        '--args',
        ...args,
      ],
      { cwd: workspace.directory, env: { ...process.env, ...NO_NETWORK } },
    )

  beforeAll(async () => {
    workspace = await makeScratchWorkspace(['packages/api', 'packages/client'])
    await gen('text', 'translatePoem', 'ai_tokens')
  }, BUSY_MS_MAX)
  afterAll(() => workspace.remove())

  it('writes the procedure and its test, and adds its rows', async () => {
    const [procedure, test, router, kinds] = await Promise.all(
      [...WRITTEN, ...CHANGED].map((file) => readFile(at(file), 'utf8')),
    )
    expect(procedure).toContain("meter: 'ai_tokens'")
    expect(test).toContain("'text.translatePoem'")
    expect(router).toContain('text: { summarize, translatePoem }')
    expect(kinds).toContain("'text.translatePoem': 'billed'")
  })

  it('leaves nothing for compiler, linter and formatter to say', async () => {
    const tsc = at('packages/api/node_modules/typescript/bin/tsc')
    await run(process.execPath, [tsc, '--noEmit'], { cwd: at('packages/api') })
    await run(process.execPath, [tsc, '--noEmit'], { cwd: at('packages/client') })
    const files = [...WRITTEN, ...CHANGED]
    const cwd = workspace.directory
    await run(process.execPath, [at('node_modules/oxfmt/bin/oxfmt'), '--check', ...files], { cwd })
    const oxlint = at('node_modules/oxlint/bin/oxlint')
    const { stdout } = await run(
      process.execPath,
      [oxlint, '--type-aware', '--deny-warnings', ...files],
      { cwd },
    )
    expect(stdout).toContain('Found 0 warnings and 0 errors.')
  })

  it('makes a procedure that keeps every promise of the conformance kit', async () => {
    const { appRouter } = await import(at('packages/api/src/router.ts'))
    const { conformanceHouse } = await import(at('packages/api/src/fixtures/conformance-house.ts'))
    const stage = await openStage(conformanceHouse(appRouter))
    const [made] = billedProcedures(appRouter).filter(
      ({ path: name }) => name === 'text.translatePoem',
    )
    expect(made).toBeDefined()
    const checks = made ? Object.values(checksOf(made)) : []
    for (const check of checks) {
      made?.work.reset()
      if (made) await check(stage, made)
    }
    await stage.close()
    expect(checks.length).toBeGreaterThan(10)
  })

  it.each([
    [['text', 'sing', 'ai_token'], 'Did you mean "ai_tokens"?'],
    [['text', 'Sing-Along', 'ai_tokens'], 'must be in camelCase'],
    [['text', 'translatePoem', 'ai_tokens'], 'File already exists'],
  ])('refuses %j', async (args, says) => {
    const before = await readFile(at('packages/api/src/router.ts'), 'utf8')
    await expect(gen(...args)).rejects.toMatchObject({ stderr: expect.stringContaining(says) })
    expect(await readFile(at('packages/api/src/router.ts'), 'utf8')).toBe(before)
  })
})

// Anything that asks for a package or a page is answered by nobody.
const NO_NETWORK = { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9' }
