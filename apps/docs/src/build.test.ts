import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { docsAnchor } from '@tollgate/contract'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MOVED } from '../.vitepress/moved.ts'
import { buildReference, DOCUMENTED } from './build-reference.ts'
import { readErrorCodes } from './read-error-codes.ts'
import { readPages } from './read-pages.ts'
import { sweepGuide } from './sweep-guide.ts'

const DOCS = fileURLToPath(new URL('../', import.meta.url))
const REFERENCE = path.join(DOCS, 'reference/api')
const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const VITEPRESS = path.join(DOCS, 'node_modules/vitepress/bin/vitepress.js')
const run = promisify(execFile)

/** A build takes its time where other tests run beside it. */
const BUSY_MS_MAX = 600_000

// It fails on a public export without a comment. The compiler reads seven entries for it, so it is made once.
beforeAll(() => buildReference(REFERENCE), BUSY_MS_MAX)

describe('the built guide', () => {
  let directory: string
  let files: string[]

  // The build fails on a link that leads nowhere.
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'tollgate-guide-'))
    await run(process.execPath, [VITEPRESS, 'build', '--outDir', directory], { cwd: DOCS })
    files = await readdir(directory, { recursive: true })
  }, BUSY_MS_MAX)
  afterAll(() => rm(directory, { recursive: true, force: true }))

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

  it(
    'has no accessibility violation on any page and fits every window, in each color scheme',
    async () => {
      const pages = files.filter((file) => file.endsWith('.html') && !(file.slice(0, -5) in MOVED))
      expect(pages.length).toBeGreaterThan(readPages().length)
      expect(await sweepGuide(directory, pages)).toEqual([])
    },
    BUSY_MS_MAX,
  )

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

/** What each of these files exports. */
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
