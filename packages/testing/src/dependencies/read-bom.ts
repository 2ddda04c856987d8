import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { LICENSE_EXCEPTIONS } from './allowed-licenses.ts'
import { type Bom, createBom } from './create-bom.ts'
import { readInstalled } from './read-installed.ts'
import { readLockfile } from './read-lockfile.ts'

/** The programs of the image and of `npm start`. */
const SERVER = 'apps/server'
const PROGRAMS = ['apps/billing', SERVER, 'apps/web']
const OUR_LICENSE = 'MIT'

const manifest = z.object({ name: z.string(), version: z.string() })

/** The bill of materials of the two programs and the Studio in the repository at `root`. */
export function readBom(root: string): Bom {
  const workspaceOf = (place: string) =>
    manifest.parse(JSON.parse(readFileSync(path.join(root, place, 'package.json'), 'utf8')))
  const licenses = new Map(
    readInstalled(root).map(({ name, version, license }) => [`${name}@${version}`, license]),
  )
  const product = { name: workspaceOf('.').name, version: workspaceOf(SERVER).version }
  return createBom({
    product,
    roots: PROGRAMS,
    lockfile: readLockfile(root),
    workspaceOf,
    licenseOf(name, version) {
      if (name === product.name || name.startsWith('@tollgate/')) return OUR_LICENSE
      const exception = LICENSE_EXCEPTIONS.find((one) => one.name === name)
      return exception?.license ?? licenses.get(`${name}@${version}`)
    },
  })
}
