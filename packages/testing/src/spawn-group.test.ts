import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { processesWith } from './processes-with.ts'
import { spawnGroup } from './spawn-group.ts'

const HERE = fileURLToPath(new URL('.', import.meta.url))

it('resolves with the exit code of the command', async () => {
  const group = spawnGroup('sh', ['-c', 'exit 3'], { cwd: HERE, env: process.env })
  expect(await group.ended).toBe(3)
})

it('ends a command and what it started when the process that started it is killed', async () => {
  const marker = `group-${process.pid}-${Date.now()}`
  const script = `
    const { spawnGroup } = await import('./spawn-group.ts')
    const group = spawnGroup('sh', ['-c', 'sleep 600 & echo started; wait'],
      { cwd: '.', env: { ...process.env, MARKER: '${marker}' } })
    group.output[0].pipe(process.stdout)`
  const args = ['--import', 'tsx', '--input-type=module', '-e', script]
  const parent = spawn(process.execPath, args, { cwd: HERE, stdio: ['ignore', 'pipe', 'inherit'] })
  await once(parent.stdout, 'data')
  expect((await processesWith(marker)).length).toBeGreaterThan(1)
  parent.kill('SIGKILL')
  await expect.poll(() => processesWith(marker), { timeout: 20_000 }).toEqual([])
})
