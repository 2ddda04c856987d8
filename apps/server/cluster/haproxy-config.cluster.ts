import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { findDebianPrograms } from '@tollgate/testing/debian'
import { expect, it } from 'vitest'
import { haproxyConfig } from './haproxy-config.ts'

it('HAProxy accepts the configuration without a warning', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'tollgate-haproxy-'))
  try {
    const file = path.join(folder, 'haproxy.cfg')
    const servers = [
      { name: 'a', port: 3001 },
      { name: 'b', port: 3002 },
    ]
    const adminSocket = path.join(folder, 'admin.sock')
    await writeFile(file, haproxyConfig({ port: 3000, adminSocket, servers }))
    const { haproxy } = findDebianPrograms()
    const { stdout, stderr } = await promisify(execFile)(haproxy, ['-c', '-f', file])
    expect(`${stdout}${stderr}`.trim()).toBe('Configuration file is valid')
  } finally {
    await rm(folder, { recursive: true })
  }
})
