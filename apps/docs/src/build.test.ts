import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { docsAnchor } from '@tollgate/contract'
import ts from 'typescript'
import { beforeAll, describe, expect, it } from 'vitest'
import { MOVED } from '../.vitepress/moved.ts'
import { buildGuide, REFERENCE } from './build-guide.ts'
import { DOCUMENTED } from './build-reference.ts'
import { readErrorCodes } from './read-error-codes.ts'
import { readPages } from './read-pages.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** A build is slow while other tests run in parallel. */
const BUSY_MS_MAX = 600_000

let directory: string
let files: readonly string[]
beforeAll(async () => {
  ;({ directory, files } = await buildGuide())
}, BUSY_MS_MAX)

describe('the built guide', () => {
  it('has every page', () => {
    const expected = readPages().map(({ file }) => file.replace(/\.md$/, '.html'))
    expect(files).toEqual(expect.arrayContaining(expected))
  })

  it('leads every address of before to the page that took its place', async () => {
    for (const [from, to] of Object.entries(MOVED)) {
      const page = await readFile(path.join(directory, `${from}.html`), 'utf8')
      expect(page).toContain(`href="/${to}"`)
      expect(files).toContain(`${to}.html`)
    }
  })

  it('shows its version on every page', async () => {
    const { version } = JSON.parse(
      await readFile(path.join(ROOT, 'packages/trpc/package.json'), 'utf8'),
    )
    for (const page of readPages()) {
      const html = await readFile(path.join(directory, page.file.replace(/\.md$/, '.html')), 'utf8')
      expect(html, page.file).toContain(version)
    }
  })

  it('loads nothing from anywhere else', async () => {
    const assets = files.filter((file) => /\.(html|css)$/.test(file))
    expect(assets.length).toBeGreaterThan(0)
    const texts = await Promise.all(
      assets.map((file) => readFile(path.join(directory, file), 'utf8')),
    )
    const foreign = texts.flatMap((text) => [
      ...text.matchAll(
        /(?:src|href)="(https?:)?\/\/[^"]+"[^>]*rel="(?:stylesheet|preload)|url\(["']?https?:/g,
      ),
      ...text.matchAll(/<(?:script|img|link)[^>]+(?:src|href)="(?:https?:)?\/\//g),
    ])
    expect(foreign.map(([found]) => found)).toEqual([])
  })

  it('shows a picture of its own, and the title of the page, where a link to it is shared', async () => {
    const page = await readFile(path.join(directory, 'how-to/charge-once.html'), 'utf8')
    expect(page).toContain('<meta property="og:title" content="Choose what is charged once')
    expect(page).toContain('<meta property="og:image" content="/open-graph.png">')
    expect(files).toContain('open-graph.png')
  })

  it('has the anchor of every error, and one for each', async () => {
    const page = await readFile(path.join(directory, 'errors.html'), 'utf8')
    const ids = [...page.matchAll(/<h3 id="([^"]+)"/g)].map(([, id = '']) => id)
    const codes = await readErrorCodes(ROOT)
    const anchors = [...codes].flatMap(([name, list]) =>
      list.map((code) => docsAnchor({ name, code }) ?? `none for ${name} ${code}`),
    )
    expect(anchors.filter((anchor) => !ids.includes(anchor.replace('errors#', '')))).toEqual([])
    expect(new Set(anchors).size).toBe(anchors.length)
  })

  it('keeps the anchors that the linter points at', async () => {
    const page = await readFile(path.join(directory, 'errors.html'), 'utf8')
    for (const anchor of ['price-from-server', 'derived-transaction-id']) {
      expect(page).toContain(`id="${anchor}"`)
    }
  })
})

describe('the generated reference', { timeout: BUSY_MS_MAX }, () => {
  let exportsOf: ReturnType<typeof readExports>
  beforeAll(() => {
    exportsOf = readExports(
      Object.entries(DOCUMENTED).flatMap(([name, entries]) =>
        entries.map((entry) => entryFile(name, entry)),
      ),
    )
  }, BUSY_MS_MAX)

  it.each(Object.entries(DOCUMENTED))('has every export of %s', async (name, entries) => {
    const page = await readFile(path.join(REFERENCE, `${name}.md`), 'utf8')
    const headings = new Set(
      [...page.replaceAll('\\_', '_').matchAll(/^#{2,4} (?:~~)?(\w+)/gm)].map(
        ([, heading]) => heading,
      ),
    )
    const exported = entries.flatMap((entry) => exportsOf(entryFile(name, entry)))
    expect(exported.length).toBeGreaterThan(5)
    expect(exported.filter((symbol) => !headings.has(symbol))).toEqual([])
  })
})

function entryFile(name: string, entry: string): string {
  return path.join(ROOT, 'packages', name, 'src', entry)
}

/** The exports of these files. */
function readExports(files: string[]): (file: string) => string[] {
  const program = ts.createProgram(files, {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
    noEmit: true,
    jsx: ts.JsxEmit.ReactJSX,
  })
  const checker = program.getTypeChecker()
  return (file) => {
    const source = program.getSourceFile(file)
    const module = source && checker.getSymbolAtLocation(source)
    return module ? checker.getExportsOfModule(module).map(({ name }) => name) : []
  }
}
