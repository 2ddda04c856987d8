import { defineCommand } from 'citty'
import { INVARIANTS } from '../verify/invariants.ts'
import { checkInvariants } from '../verify/check-invariants.ts'
import { COMMON_ARGS, withDatabase } from './with-database.ts'

/** Checks every invariant; exit code 1 and the offending rows when one does not hold. */
export const verifyCommand = defineCommand({
  meta: { name: 'verify', description: 'Check every invariant of what is stored.' },
  args: COMMON_ARGS,
  async run({ args }) {
    const violations = await withDatabase(args, checkInvariants)
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
