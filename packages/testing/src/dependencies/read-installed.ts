import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const license = z.union([z.string(), z.object({ type: z.string() }).transform(({ type }) => type)])
const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: license.optional(),
  scripts: z.record(z.string(), z.string()).default({}).catch({}),
})
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall']

/** The manifest of an installed package. */
export type InstalledPackage = {
  name: string
  version: string
  license: string | undefined
  runsOnInstall: boolean
}

/** Every package installed from a registry; those of other platforms are not installed. */
export function readInstalled(root: string): InstalledPackage[] {
  const store = path.join(root, 'node_modules/.pnpm')
  return readdirSync(store).flatMap((folder) => {
    const name = /^(?:@[^+]+\+)?[^@]+/.exec(folder)?.[0].replace('+', '/') ?? folder
    const file = path.join(store, folder, 'node_modules', name, 'package.json')
    if (!existsSync(file)) return []
    const { scripts, ...manifest } = manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    const runsOnInstall = INSTALL_SCRIPTS.some((script) => script in scripts)
    return [{ ...manifest, license: manifest.license, runsOnInstall }]
  })
}
