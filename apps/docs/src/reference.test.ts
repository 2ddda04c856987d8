import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildReference, DOCUMENTED } from './build-reference.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
/** A compiler takes its time where other tests run beside it. */
const BUSY_MS_MAX = 600_000

describe('the generated reference', { timeout: BUSY_MS_MAX }, () => {
  let directory: string

  // It fails on a public export without a comment.
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'tollgate-reference-'))
    await buildReference(directory)
  }, BUSY_MS_MAX)
  afterAll(() => rm(directory, { recursive: true, force: true }))

  it.each(Object.entries(DOCUMENTED))('has every export of %s', async (name, entries) => {
    const page = await readFile(path.join(directory, `${name}.md`), 'utf8')
    const headings = new Set(
      [...page.replaceAll('\\_', '_').matchAll(/^#{2,4} (?:~~)?(\w+)/gm)].map(
        ([, heading]) => heading,
      ),
    )
    const exported = entries.flatMap((entry) =>
      exportsOf(path.join(ROOT, 'packages', name, 'src', entry)),
    )
    expect(exported.length).toBeGreaterThan(5)
    expect(exported.filter((symbol) => !headings.has(symbol))).toEqual([])
  })
})

function exportsOf(file: string): string[] {
  const program = ts.createProgram([file], {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
    noEmit: true,
    jsx: ts.JsxEmit.ReactJSX,
  })
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(file)
  const module = source && checker.getSymbolAtLocation(source)
  return module ? checker.getExportsOfModule(module).map(({ name }) => name) : []
}
