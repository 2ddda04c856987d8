import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Guest } from './guest.ts'

/** Clicks per run of the app; ten runs make a hundred. */
const CLICKS_PER_LIFE = 10
const LIVES = 10

/** Has an app click a hundred buttons in ten runs, each ended by SIGKILL; returns how many kills there were. */
export async function dieBetweenRecordAndSend(options: {
  url: string
  guest: Guest
  device: string
  name: string
}): Promise<number> {
  let kills = 0
  for (let life = 0; life < LIVES; life++) {
    const first = life * CLICKS_PER_LIFE
    const child = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        join(import.meta.dirname, 'dying-phone.ts'),
        JSON.stringify({ ...options, first, count: CLICKS_PER_LIFE }),
      ],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    )
    const [code, signal] = await once(child, 'exit')
    if (signal !== 'SIGKILL')
      throw new Error(`The app ended with ${String(code)} instead of being killed.`)
    kills += 1
  }
  return kills
}
