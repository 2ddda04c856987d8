import { execFile } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { catalog } from '@tollgate/contract/catalog'
import { checksOf, billedProcedures, openHarness } from '@tollgate/testing/conformance'
import { makeScratchWorkspace, type ScratchWorkspace } from '@tollgate/testing/scratch'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)
/** Compilers and linters are slow when other tests run beside them. */
const BUSY_MS_MAX = 180_000
/** Assumes nothing about the catalog and the router: every repository that runs this has its own meters and procedures. */
const [METER = ''] = Object.keys(catalog.meters)
// In sequence, into an existing group and into a new one; for the last, both names it could have are taken.
const GENERATED = [
  ['text', 'generatedPoem'],
  ['text', 'generatedGroupGeneratedPoem'],
  ['generatedGroup', 'generatedPoem'],
] as const
const WRITTEN = [
  'packages/api/src/text/generated-poem.ts',
  'packages/api/src/text/generated-poem.test.ts',
  'packages/api/src/generated-group/generated-poem.ts',
  'packages/api/src/generated-group/generated-poem.test.ts',
]
const CHANGED = 'packages/api/src/router.ts'

describe('pnpm gen billed-procedure', { timeout: BUSY_MS_MAX }, () => {
  let workspace: ScratchWorkspace
  const at = (...names: string[]) => path.join(workspace.directory, ...names)
  const gen = (...args: string[]) =>
    run(
      process.execPath,
      ['--import', 'tsx', at('packages/api/generator/generate.ts'), 'billed-procedure', ...args],
      { cwd: workspace.directory, env: { ...process.env, ...NO_NETWORK } },
    )

  beforeAll(async () => {
    workspace = await makeScratchWorkspace(['packages/api', 'packages/client'])
    for (const [group, name] of GENERATED) await gen(group, name, METER)
  }, BUSY_MS_MAX)
  afterAll(() => workspace.remove())

  it('writes the procedure and its test, and adds its row', async () => {
    const [procedure = '', test = ''] = await Promise.all(
      WRITTEN.map((file) => readFile(at(file), 'utf8')),
    )
    const router = await readFile(at(CHANGED), 'utf8')
    expect(procedure).toContain(`meter: '${METER}'`)
    expect(test).toContain("postExample('text.generatedPoem')")
    expect(router).toMatch(/^ {2}text: \{[^}]*\bgeneratedPoem,\s*generatedGroupGeneratedPoem\b/m)
    expect(router).toContain(
      'generatedGroup: { generatedPoem: generatedGroupGeneratedPoemProcedure },',
    )
  })

  it('leaves nothing for compiler, linter and formatter to say', async () => {
    const tsc = at('packages/api/node_modules/typescript/bin/tsc')
    await run(process.execPath, [tsc, '--noEmit', '--checkers', '1'], { cwd: at('packages/api') })
    await run(process.execPath, [tsc, '--noEmit', '--checkers', '1'], {
      cwd: at('packages/client'),
    })
    const files = [...WRITTEN, CHANGED]
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
    const { conformanceHarness } = await import(
      at('packages/api/src/fixtures/conformance-harness.ts')
    )
    const harness = await openHarness(conformanceHarness(appRouter))
    const paths = GENERATED.map(([group, name]) => `${group}.${name}`)
    const made = billedProcedures(appRouter).filter(({ path: name }) => paths.includes(name))
    expect(made.map(({ path: name }) => name).toSorted()).toEqual(paths.toSorted())
    const [first] = made
    const checks = first ? Object.values(checksOf(first)) : []
    for (const check of checks) {
      first?.work.reset()
      if (first) await check(harness, first)
    }
    await harness.close()
    expect(checks.length).toBeGreaterThan(10)
  })

  it.each([
    [['text', 'sing', `${METER}_`], `Did you mean "${METER}"?`],
    [['text', 'Sing-Along', METER], 'must be in camelCase'],
    [['text', '../sing', METER], 'must be in camelCase'],
    [['text', 'generatedPoem', METER], 'is there already: packages/api/src/text/generated-poem'],
    [['text', 'delete', METER], '"delete" is a word of the language'],
    [['text', 'then', METER], 'tRPC keeps "then" for itself'],
    [['text', 'z', METER], '"z" is taken in the generated file'],
    [['billing', 'sing', METER], '"billing" is the group of the billing router'],
    [['text', 'sing'], 'Usage: pnpm gen billed-procedure <group> <name> <meter>'],
  ])('refuses %j in a line or two, and leaves nothing behind', async (args, says) => {
    const before = await filesAndRouter()
    const refused: unknown = await gen(...args).catch((error: unknown) => error)
    expect(refused).toMatchObject({ stderr: expect.stringContaining(says) })
    expect(refused).not.toMatchObject({ stderr: expect.stringMatching(/undefined|ERR_|>>>/) })
    expect(await filesAndRouter()).toEqual(before)
  })

  it('says what to do next', async () => {
    const { stdout } = await gen('text', 'generatedHint', METER)
    expect(stdout).toContain('Written: text.generatedHint')
    expect(stdout).toContain('pnpm check')
  })

  it('has the compiler ask the clients to list it when its work becomes a stream', async () => {
    const file = at(WRITTEN[0] ?? '')
    const written = await readFile(file, 'utf8')
    const answer = '({ input }) => ({ text: input.text })'
    expect(written).toContain(answer)
    const stream = 'async function* ({ input }) {\n    yield { text: input.text }\n  }'
    const output = 'z.object({ text: z.string() })'
    const changed = written.replace(answer, stream).replace(output, `streamOf(${output})`)
    await writeFile(file, `import { streamOf } from '@tollgate/trpc'\n${changed}`)
    const tsc = at('packages/client/node_modules/typescript/bin/tsc')
    const check = run(process.execPath, [tsc, '--noEmit', '--checkers', '1'], {
      cwd: at('packages/client'),
    })
    await expect(check).rejects.toMatchObject({
      stdout: expect.stringMatching(/Property '"text\.generatedPoem"' is missing/),
    })
  })

  async function filesAndRouter() {
    const files = await readdir(at('packages/api/src'), { recursive: true })
    return { files: files.toSorted(), router: await readFile(at('packages/api/src/router.ts')) }
  }
})

// Requests for packages and pages fail.
const NO_NETWORK = { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9' }
