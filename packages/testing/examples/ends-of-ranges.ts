import { maxSatisfying, minSatisfying, prerelease, valid } from 'semver'
import { z } from 'zod'
import { runProgram } from '../src/release/run-program.ts'

/** The workspace's `minimumReleaseAge`. */
const AGE_MS_MIN = 3 * 24 * 60 * 60 * 1000

const timesSchema = z.record(z.string(), z.string())

/** The lowest and the newest release of a package in the registry within a range, except releases of the last three days. */
export async function endsOfRange(
  name: string,
  range: string,
): Promise<{ lowest: string; newest: string }> {
  const printed = await runProgram('npm', ['view', name, 'time', '--json'], {
    cwd: import.meta.dirname,
  })
  const releases = Object.entries(timesSchema.parse(JSON.parse(printed)))
    .filter(([version, time]) => valid(version) && Date.parse(time) <= Date.now() - AGE_MS_MIN)
    .map(([version]) => version)
    .filter((version) => prerelease(version) === null)
  const lowest = minSatisfying(releases, range)
  const newest = maxSatisfying(releases, range)
  if (lowest === null || newest === null) throw new Error(`The registry has no ${name} ${range}.`)
  return { lowest, newest }
}
