import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Application, type DeclarationReflection } from 'typedoc'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** The documented packages and their entry files. */
export const DOCUMENTED: Readonly<Record<string, readonly string[]>> = {
  contract: ['index.ts', 'pricing.ts', 'schema.ts'],
  metering: ['index.ts', 'postgres.ts'],
  trpc: ['index.ts', 'ai.ts'],
  client: ['index.ts', 'react.ts'],
}

/** Writes a page per package from the comments in its source; fails if a public export has none. */
export async function buildReference(outDir: string): Promise<void> {
  await mkdir(outDir, { recursive: true })
  for (const [name, entries] of Object.entries(DOCUMENTED)) {
    await writeFile(path.join(outDir, `${name}.md`), await pageOf(name, entries))
  }
}

async function pageOf(name: string, entries: readonly string[]): Promise<string> {
  const directory = path.join(ROOT, 'packages', name)
  const out = await mkdtemp(path.join(tmpdir(), 'tollgate-reference-'))
  const pages: string[] = []
  try {
    for (const entry of entries) {
      const app = await Application.bootstrapWithPlugins({
        ...OPTIONS,
        name: `@tollgate/${name}`,
        entryPoints: [path.join(directory, 'src', entry)],
        tsconfig: path.join(directory, 'tsconfig.json'),
        out,
      })
      const project = await app.convert()
      if (!project) throw new Error(`TypeDoc cannot read the source of ${name}.`)
      app.validate(project)
      const undocumented = project.children?.filter((symbol) => !isDocumented(symbol)) ?? []
      if (undocumented.length > 0 || app.logger.hasWarnings() || app.logger.hasErrors()) {
        const names = undocumented.map((symbol) => symbol.name).join(', ')
        throw new Error(`@tollgate/${name} (${entry}) has exports without a comment: ${names}`)
      }
      await app.generateOutputs(project)
      const text = await readFile(path.join(out, 'README.md'), 'utf8')
      const module = entry === 'index.ts' ? '' : `/${path.basename(entry, '.ts')}`
      pages.push(`# @tollgate/${name}${module}\n\n${text}`)
    }
  } finally {
    await rm(out, { recursive: true, force: true })
  }
  return `---\noutline: [2, 3]\neditLink: false\n---\n\n${pages.join('\n')}`
}

/** A function carries its comment on its signatures. */
function isDocumented(symbol: DeclarationReflection): boolean {
  if (symbol.hasComment()) return true
  return symbol.signatures?.every((signature) => signature.hasComment()) ?? false
}

/** One page per entry, without TypeDoc's own navigation. */
const OPTIONS = {
  plugin: ['typedoc-plugin-markdown'],
  logLevel: 'Warn' as const,
  // The compiler checks types on its own (`pnpm typecheck`); here it would do so once per entry.
  skipErrorChecking: true,
  outputFileStrategy: 'modules' as const,
  readme: 'none',
  excludeInternal: true,
  excludePrivate: true,
  excludeExternals: true,
  disableSources: true,
  groupOrder: ['Functions', 'Variables', 'Classes', 'Interfaces', 'Type Aliases'],
  hideBreadcrumbs: true,
  hidePageHeader: true,
  hidePageTitle: true,
  sanitizeComments: true,
  useCodeBlocks: true,
  expandObjects: true,
  parametersFormat: 'table' as const,
  validation: { notExported: false, invalidLink: true, notDocumented: false },
}
