import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { runToEnd } from './run-to-end.ts'

/** The Debian packages whose libraries the distroless image has for Node. */
const LIBRARIES = ['libc6', 'libgcc-s1', 'libstdc++6']
/** The image's other files. */
const SYSTEM_FILES = ['/etc/ssl/certs/ca-certificates.crt', '/usr/share/zoneinfo']
const DEVICES = [
  ['null', '3'],
  ['urandom', '9'],
] as const

/** Writes the base image of the last stage: Node (from npm, in the recommended version), its libraries, a user. */
export async function writeBase(root: string, repository: string): Promise<void> {
  const version = (await readFile(path.join(repository, '.nvmrc'), 'utf8')).trim()
  const node = await runToEnd('npx', ['-y', '-p', `node@${version}`, '-c', 'command -v node'], root)
  await copyFile(node, path.join(root, 'nodejs/bin/node'))
  const installed = (await runToEnd('dpkg', ['--listfiles', ...LIBRARIES], root)).split('\n')
  for (const file of installed.filter((name) => /\.so(?:\.\d+)*$/.test(name))) {
    await copyFile(file, path.join(root, file))
  }
  for (const file of SYSTEM_FILES) {
    if (existsSync(file)) await copyFile(file, path.join(root, file))
  }
  await mkdir(path.join(root, 'etc'), { recursive: true })
  await writeFile(
    path.join(root, 'etc/passwd'),
    'nonroot:x:65532:65532:nonroot:/data:/sbin/nologin\n',
  )
  await mkdir(path.join(root, 'tmp'))
  await chmod(path.join(root, 'tmp'), 0o1777)
  await mkdir(path.join(root, 'dev'))
  for (const [name, minor] of DEVICES) {
    await runToEnd('mknod', ['-m', '666', path.join(root, 'dev', name), 'c', '1', minor], root)
  }
}

async function copyFile(from: string, to: string): Promise<void> {
  await mkdir(path.dirname(to), { recursive: true })
  await cp(from, to, { recursive: true, dereference: true })
}
