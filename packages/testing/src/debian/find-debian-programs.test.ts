import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findDebianPrograms } from './find-debian-programs.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tollgate-programs-'))
  for (const name of ['haproxy', 'prometheus', 'promtool']) await program(`bin/${name}`)
  for (const version of ['9', '15', '17']) await program(`postgresql/${version}/bin/postgres`)
  for (const version of ['9', '15']) await program(`postgresql/${version}/lib/plproxy.so`)
})
afterAll(() => rm(folder, { recursive: true }))

it('takes the newest PostgreSQL that has PL/Proxy', () => {
  const { haproxy, postgres } = findDebianPrograms({
    searchPath: path.join(folder, 'bin'),
    postgres: path.join(folder, 'postgresql'),
  })
  expect(haproxy).toBe(path.join(folder, 'bin/haproxy'))
  expect(postgres).toEqual({ version: '15', bin: path.join(folder, 'postgresql/15/bin') })
})

it('names what is missing and the command that installs it', () => {
  const find = () =>
    findDebianPrograms({
      searchPath: path.join(folder, 'bin'),
      postgres: path.join(folder, 'nothing'),
    })
  expect(find).toThrow(/needs PostgreSQL with PL\/Proxy of Debian.*apt-get install/)
})

async function program(name: string): Promise<void> {
  const file = path.join(folder, name)
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, '')
  await chmod(file, 0o755)
}
