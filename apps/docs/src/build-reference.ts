import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Application, type DeclarationReflection, type DocumentationEntryPoint } from 'typedoc'
import ts from 'typescript'

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
  const tsconfig = path.join(ROOT, 'packages', name, 'tsconfig.json')
  const out = await mkdtemp(path.join(tmpdir(), 'tollgate-reference-'))
  const pages: string[] = []
  try {
    for (const entryPoint of entryPointsOf(tsconfig, entries)) {
      const { fileName } = entryPoint.sourceFile
      const entry = path.basename(fileName)
      const app = await Application.bootstrapWithPlugins({
        ...OPTIONS,
        name: `@tollgate/${name}`,
        entryPoints: [fileName],
        tsconfig,
        out,
      })
      const project = app.converter.convert([entryPoint])
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

/** The entries of a package in one program without tests; by default, TypeDoc reads the whole package once per entry. */
function entryPointsOf(tsconfig: string, entries: readonly string[]): DocumentationEntryPoint[] {
  const read = ts.getParsedCommandLineOfConfigFile(
    tsconfig,
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: unreadable },
  )
  const files = entries.map((entry) => path.join(path.dirname(tsconfig), 'src', entry))
  const program = ts.createProgram(files, read?.options ?? {})
  return files.map((file) => {
    const sourceFile = program.getSourceFile(file)
    if (!sourceFile) throw new Error(`TypeDoc cannot read ${file}.`)
    return { displayName: path.basename(file, '.ts'), program, sourceFile }
  })
}

function unreadable({ messageText }: ts.Diagnostic): never {
  throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'))
}

/** A function's comment is on its signatures. */
function isDocumented(symbol: DeclarationReflection): boolean {
  if (symbol.hasComment()) return true
  return symbol.signatures?.every((signature) => signature.hasComment()) ?? false
}

/** One page per entry, without TypeDoc's own navigation. */
const OPTIONS = {
  plugin: ['typedoc-plugin-markdown'],
  logLevel: 'Warn' as const,
  // `pnpm typecheck` checks types; here they would be checked once per entry.
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
