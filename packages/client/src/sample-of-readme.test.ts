import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const PACKAGE = path.join(import.meta.dirname, '..')
/** Inside the package, so that the samples resolve the same packages as a reader's program. */
const FOLDER = path.join(PACKAGE, '.readme')
const TYPECHECK_MS_MAX = 120_000

let samples: { file: string; code: string }[]
beforeAll(async () => {
  samples = readSamples(await readFile(path.join(PACKAGE, 'README.md'), 'utf8'))
  await mkdir(FOLDER, { recursive: true })
  for (const { file, code } of [...samples, ...SURROUNDINGS]) {
    await writeFile(path.join(FOLDER, file), code)
  }
})
afterAll(() => rm(FOLDER, { recursive: true, force: true }))

describe('the samples of the README', () => {
  it('are there for every kind of program', () => {
    expect(samples.map(({ file }) => file)).toEqual([
      'tollgate.ts',
      'main.tsx',
      'draw-button.tsx',
      'providers.tsx',
      'connect.ts',
      'script.ts',
      'use-draw.ts',
      'sign-in.ts',
    ])
  })

  it('compile as they are written', { timeout: TYPECHECK_MS_MAX }, async () => {
    const tsc = path.join(PACKAGE, 'node_modules/typescript/bin/tsc')
    const { stdout } = await promisify(execFile)(process.execPath, [tsc, '-p', FOLDER]).catch(
      (error: unknown) => ({
        stdout: error instanceof Error && 'stdout' in error ? error.stdout : error,
      }),
    )
    expect(stdout).toBe('')
  })
})

/** Each code block, under the file name in its first line. */
function readSamples(text: string): { file: string; code: string }[] {
  const blocks = text.matchAll(/^```tsx?\n\/\/ (\S+)\n(.*?)^```/gms)
  return [...blocks].map(([, file = '', code = '']) => ({ file, code }))
}

/** Other files of a reader's project. */
const SURROUNDINGS = [
  {
    file: 'tsconfig.json',
    code: JSON.stringify({
      extends: '../tsconfig.json',
      compilerOptions: { module: 'esnext', moduleResolution: 'bundler' },
      include: ['./*.ts', './*.tsx'],
    }),
  },
  {
    file: 'server.ts',
    code: `import type { TRPCBuiltRouter, TRPCDefaultErrorShape, TRPCMutationProcedure } from '@trpc/server'
type Billed<Input, Output> = TRPCMutationProcedure<{
  input: Input; output: Output; meta: { billing: { charges: { renders: 1 }; settle: 'hold' } }
}>
type Root = { ctx: object; meta: object; errorShape: TRPCDefaultErrorShape; transformer: false }
export type AppRouter = TRPCBuiltRouter<Root, {
  draw: Billed<{ prompt: string }, { url: string }>
  summarize: Billed<{ text: string }, AsyncGenerator<{ text: string }>>
}>
`,
  },
  {
    file: 'packages.d.ts',
    code: `declare module 'vue' {
  export function ref<Value>(value: Value): { value: Value }
  export function onScopeDispose(stop: () => void): void
}
declare module 'react-native' {
  export const Platform: { OS: string }
}
declare module 'expo-sqlite/kv-store' {
  const Storage: {
    getAllKeysSync(): string[]
    getItemSync(name: string): string | null
    setItemSync(name: string, value: string): void
    removeItemSync(name: string): boolean
  }
  export default Storage
}
declare module 'react-dom/client' {
  export function createRoot(element: Element): { render(node: import('react').ReactNode): void }
}
`,
  },
]
