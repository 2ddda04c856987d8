import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import ts from '@typescript/typescript6'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTypedProject, type TypedProject } from '../fixtures/typed-project.ts'

const run = promisify(execFile)
const API = path.join(import.meta.dirname, '../../../api')
/** The limits for a team's own type check with a large router. */
const INSTANTIATIONS_MAX = 30_000
const PROCEDURES = 200
/** The compiler is slow when other tests run beside it. */
const BUSY_MS_MAX = 180_000

let project: TypedProject
beforeAll(async () => {
  project = await makeTypedProject()
}, BUSY_MS_MAX)
afterAll(() => project.remove())

describe(
  'a project with a router of two hundred billed procedures',
  { timeout: BUSY_MS_MAX },
  () => {
    beforeAll(() => project.write('many.d.ts', manyProcedures()))

    it.each([
      [
        'calls every one',
        (name: string) => `await tollgate.client.${name}.mutate({ prompt: '' })`,
        ['// @ts-expect-error wrong meter', "tollgate.useBalance('meter9')"],
      ],
      [
        'bills every one in a component',
        (name: string, isStream: boolean) =>
          `tollgate.${isStream ? 'useBilledStream' : 'useBilled'}((api) => api.${name}).submit({ prompt: '' })`,
        [
          '// @ts-expect-error wrong input',
          'tollgate.useBilled((api) => api.group7.procedure7).submit({ prompt: 7 })',
        ],
      ],
    ])('%s within the limit of the compiler’s work', async (_what, use, wrong) => {
      const names = Array.from({ length: PROCEDURES }, (_, number) => nameOf(number))
      await project.write('uses.ts', [
        "import { createTollgate } from '@tollgate/client/react'",
        "import type { Many } from './many'",
        'const tollgate = createTollgate<Many>({',
        "  url: '/',",
        '  streams: {',
        ...names.filter((_, number) => isStream(number)).map((name) => `    '${name}': true,`),
        '  },',
        '})',
        ...names.map((name, number) => use(name, isStream(number))),
        ...wrong,
      ])
      const report = await project.compile('uses.ts')
      const instantiations = Number(/Instantiations:\s+(\d+)/.exec(report)?.[1])
      process.stdout.write(`${PROCEDURES} procedures: ${instantiations} instantiations\n`)
      expect(instantiations).toBeGreaterThan(0)
      expect(instantiations).toBeLessThanOrEqual(INSTANTIATIONS_MAX)
    })
  },
)

describe('a project with the product’s router', { timeout: BUSY_MS_MAX }, () => {
  beforeAll(async () => {
    const file = path.join(project.directory, 'router.d.ts')
    await run(process.execPath, ['--import', 'tsx', 'declarations/build.ts', file], { cwd: API })
  }, BUSY_MS_MAX)

  it('sees of a procedure what it does and what it costs', async () => {
    await project.write('hover.ts', [
      "import { createTollgate } from '@tollgate/client/react'",
      "import type { AppRouter } from './router'",
      "const tollgate = createTollgate<AppRouter>({ url: '/', streams: { 'text.summarize': true } })",
      'void tollgate.client.images.generate.mutate({ prompt: "a fox" })',
      'tollgate.useBilled((api) => api.images.generate)',
      'tollgate.useBilledStream((api) => api.text.summarize)',
    ])
    const hover = await openHover(project, 'hover.ts')
    expect(hover('client.images.', 'generate').documentation).toMatch(/^A launch card: title/)
    expect(hover('api.images.', 'generate')).toMatchObject({
      documentation: expect.stringMatching(/^A launch card: title/),
      type: expect.stringMatching(/image_generations: 1\b/),
    })
    expect(hover('api.text.', 'summarize')).toMatchObject({
      documentation: expect.stringMatching(/^A summary, piece by piece/),
      type: expect.stringMatching(/ai_tokens: number\b/),
    })
  })
})

function nameOf(number: number): string {
  return `group${number % 10}.procedure${number}`
}

function isStream(number: number): boolean {
  return number % 20 === 3
}

/** A router as the compiler writes it into declarations. */
function manyProcedures(): string[] {
  const groups = Array.from({ length: 10 }, (_, group) => [
    `  group${group}: {`,
    ...Array.from({ length: PROCEDURES }, (_each, number) => number)
      .filter((number) => number % 10 === group)
      .map(procedure),
    '  }',
  ])
  return [
    "import type { TRPCBuiltRouter, TRPCDefaultErrorShape, TRPCMutationProcedure, TRPCQueryProcedure } from '@trpc/server'",
    'interface BilledMeta<Charges, Settle> { readonly billing: { readonly charges: Charges; readonly settle: Settle } }',
    'type Root = { ctx: object; meta: object; errorShape: TRPCDefaultErrorShape; transformer: false }',
    'declare const many: TRPCBuiltRouter<Root, {',
    ...groups.flat(),
    '  billing: { balance: TRPCQueryProcedure<{',
    "    input: void; output: { balances: { meter: 'meter0' | 'meter1' | 'meter2' }[] }; meta: object",
    '  }> }',
    '}>',
    'export type Many = typeof many',
  ]
}

function procedure(number: number): string {
  const output = `{ id: ${number}; url: string; width: number; tags: string[] }`
  return `    /** Does ${number}. */
    procedure${number}: TRPCMutationProcedure<{
      input: { prompt: string; size?: ${number} | undefined; style?: 'a' | 'b' | undefined }
      output: ${isStream(number) ? `AsyncGenerator<${output}>` : output}
      meta: object & BilledMeta<{ meter${number % 3}: ${number + 1} }, 'hold'>
    }>`
}

/** The hover text of an editor for a name that follows some text. */
async function openHover({ directory, options }: TypedProject, name: string) {
  const file = path.join(directory, name)
  const text = await readFile(file, 'utf8')
  const { options: compilerOptions } = ts.convertCompilerOptionsFromJson(options, directory)
  const service = ts.createLanguageService({
    getCompilationSettings: () => compilerOptions,
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (of) =>
      ts.sys.fileExists(of) ? ts.ScriptSnapshot.fromString(ts.sys.readFile(of) ?? '') : undefined,
    getCurrentDirectory: () => directory,
    getDefaultLibFileName: (of) => ts.getDefaultLibFilePath(of),
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    ...(ts.sys.realpath ? { realpath: ts.sys.realpath } : {}),
  })
  return (before: string, over: string) => {
    const at = text.indexOf(before + over) + before.length
    const info = service.getQuickInfoAtPosition(file, at)
    return {
      documentation: ts.displayPartsToString(info?.documentation),
      type: ts.displayPartsToString(info?.displayParts),
    }
  }
}
