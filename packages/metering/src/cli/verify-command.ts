import type { Database } from '@tollgate/database'
import { defineCommand } from 'citty'
import { isShardProxy } from '../shards/is-shard-proxy.ts'
import { INVARIANTS } from '../verify/invariants.ts'
import { type BrokenInvariant, checkInvariants } from '../verify/check-invariants.ts'
import { COMMON_ARGS, withDatabase } from './with-database.ts'

/** Checks every invariant; exit code 1 and the offending rows when one does not hold. */
export const verifyCommand = defineCommand({
  meta: { name: 'verify', description: 'Check every invariant of what is stored.' },
  args: COMMON_ARGS,
  async run({ args }) {
    const violations = await withDatabase(args, check)
    if (violations.length > 0) process.exitCode = 1
    if (args.json) {
      console.log(JSON.stringify({ checked: INVARIANTS.length, violations }, null, 2))
      return
    }
    for (const { id, title } of INVARIANTS) {
      const violation = violations.find(({ invariant }) => invariant.id === id)
      console.log(`${violation ? 'BROKEN' : 'holds '}  ${id.padEnd(4)} ${title}`)
      for (const row of violation?.rows ?? []) console.log(`        ${JSON.stringify(row)}`)
      if (violation?.more) console.log('        … and more')
    }
    console.log(`${INVARIANTS.length - violations.length} of ${INVARIANTS.length} invariants hold`)
  },
})

async function check(database: Database): Promise<BrokenInvariant[]> {
  if (!(await isShardProxy(database))) return checkInvariants(database)
  throw new Error(
    'This is the proxy in front of several shards, which has nothing of its own to check. Use `pnpm billing:admin shards verify --proxy … --shards …`.',
  )
}
