import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const manifestSchema = z.object({
  packageManager: z.string(),
  scripts: z.record(z.string(), z.string()),
})
/** Commands of npm and pnpm that are not scripts. */
const BUILT_IN = new Set(['install', 'exec', 'pack', 'audit'])
/** A path in the repository: dotfolders, and what is below `apps` and `packages`. */
const PLACE = /^(?:\.?\/)?(?:\.\w[\w-]*|apps|packages)\/[\w./-]+$/

/** What a shell command refers to that does not exist in the repository: scripts, binaries, files, another pnpm. */
export function findMissingScripts(root: string, command: string): string[] {
  const manifest = manifestSchema.parse(
    JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')),
  )
  return command.split(/&&|\|\||[;\n]/).flatMap((part) => {
    const words = part.trim().split(/\s+/)
    const places = words.filter((word) => PLACE.test(word) && !existsSync(path.join(root, word)))
    return [...places, ...missingOfRunner(root, { words, manifest })]
  })
}

function missingOfRunner(
  root: string,
  { words, manifest }: { words: readonly string[]; manifest: z.infer<typeof manifestSchema> },
): string[] {
  const at = words.findIndex((word) => /^p?npm(?:@[\d.]+)?$/.test(word))
  if (at === -1) return []
  const runner = words[at] ?? ''
  const missing = runner.includes('@') && runner !== manifest.packageManager ? [runner] : []
  const name = words.slice(at + 1).find((word) => word !== 'run' && !word.startsWith('-'))
  const isThere =
    name === undefined ||
    BUILT_IN.has(name) ||
    name in manifest.scripts ||
    existsSync(path.join(root, 'node_modules/.bin', name))
  return isThere ? missing : [...missing, name]
}
